//! The outermost widget: notices activity, and recognises the card scanner, which types like
//! a keyboard. The widgets below see every event except the keys of a card.

use std::time::Duration;

use daycare_core::clock::Clock;
use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay, renderer};
use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{self, Key};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector, touch, window};

/// A key press by a scanner or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyInput {
    /// A character.
    Char(char),
    /// The end of a scan.
    Enter,
    /// Anything else, with its modifiers: shortcuts of the staff.
    Other(Named),
}

type OnKey<'a, Message> = Box<dyn Fn(KeyInput, keyboard::Modifiers) -> Message + 'a>;

/// The outermost widget.
pub struct Root<'a, Message> {
    content: iced::Element<'a, Message, Theme>,
    on_press: Message,
    on_key: OnKey<'a, Message>,
    codes: Codes,
}

/// How to recognise card codes: their prefix, and the longest time between two keys.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Prefix of all codes, in upper case.
    pub prefix: &'static str,
    /// A longer time between two keys means that a person is typing.
    pub gap: Duration,
    /// Clock for the keys, whose events have no time.
    pub clock: Clock,
}

impl<'a, Message> Root<'a, Message> {
    /// Wraps the whole view.
    pub fn new(
        content: impl Into<iced::Element<'a, Message, Theme>>,
        on_press: Message,
        on_key: impl Fn(KeyInput, keyboard::Modifiers) -> Message + 'a,
        codes: Codes,
    ) -> Self {
        Self { content: content.into(), on_press, on_key: Box::new(on_key), codes }
    }
}

/// Keys that may begin a card code, kept from the focused text field until it is clear who is
/// typing.
#[derive(Debug, Default)]
struct Held {
    typed: String,
    keys: Vec<Event>,
    last: Option<Duration>,
    /// Whether the full prefix was read, so that the following keys are a code.
    is_code: bool,
}

impl Held {
    /// Takes a key; returns the key events that the content should see now, in order.
    fn key(&mut self, input: Option<&KeyInput>, event: &Event, codes: &Codes) -> Vec<Event> {
        let now = codes.clock.monotonic();
        let mut seen = self.released(codes);
        let reading = self.last.replace(now).is_some() && self.is_code;
        match input {
            Some(KeyInput::Char(_)) if reading => {}
            Some(KeyInput::Enter) if reading => *self = Self::default(),
            Some(KeyInput::Char(c)) => {
                self.typed.push(c.to_ascii_uppercase());
                self.keys.push(event.clone());
                if self.typed == codes.prefix {
                    self.is_code = true;
                    self.keys.clear();
                } else if !codes.prefix.starts_with(&self.typed) {
                    seen.append(&mut self.keys);
                    *self = Self::default();
                }
            }
            // A modifier key, such as Shift.
            Some(KeyInput::Other(Named::Shift | Named::CapsLock)) => seen.push(event.clone()),
            _ => {
                seen.append(&mut self.keys);
                seen.push(event.clone());
                *self = Self::default();
            }
        }
        seen
    }

    /// The held keys, once the pause shows that a person typed them.
    fn released(&mut self, codes: &Codes) -> Vec<Event> {
        let now = codes.clock.monotonic();
        let late = self.last.is_some_and(|last| now.saturating_sub(last) > codes.gap);
        if late { std::mem::take(self).keys } else { Vec::new() }
    }
}

/// The physical key if known, because an input method may swallow or change the text;
/// otherwise the text.
fn key_input(key: &Key, physical: Physical, text: Option<&str>) -> Option<KeyInput> {
    if let Key::Named(Named::Enter) = key {
        return Some(KeyInput::Enter);
    }
    if let Physical::Code(code) = physical
        && let Some(c) = character(code)
    {
        return Some(KeyInput::Char(c));
    }
    match (key, text.and_then(|t| t.chars().next())) {
        (Key::Named(named), _) => Some(KeyInput::Other(*named)),
        (_, Some('\r' | '\n')) => Some(KeyInput::Enter),
        (_, Some(c)) if !c.is_control() => Some(KeyInput::Char(c)),
        (Key::Character(c), None) => c.chars().next().map(KeyInput::Char),
        _ => None,
    }
}

/// The character of a physical key, if a card code can contain it.
fn character(code: Code) -> Option<char> {
    let name = format!("{code:?}");
    let letter = name.strip_prefix("Key").or_else(|| name.strip_prefix("Digit"));
    let letter = letter.or_else(|| name.strip_prefix("Numpad").filter(|rest| rest.len() == 1));
    match letter {
        Some(rest) if rest.len() == 1 => rest.chars().next(),
        _ if matches!(code, Code::Minus | Code::NumpadSubtract) => Some('-'),
        _ => None,
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Root<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Held>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Held::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &Limits) -> Node {
        let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        Node::with_children(limits.max(), vec![node])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.traverse(&mut |operation| {
            if let Some(inner) = layout.children().next() {
                self.content.as_widget_mut().operate(&mut tree.children[0], inner, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let held = tree.state.downcast_mut::<Held>();
        let mut seen = vec![event.clone()];
        let mut pressed = None;
        match event {
            Event::Touch(touch::Event::FingerPressed { .. })
            | Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                shell.publish(self.on_press.clone());
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                physical_key,
                text,
                modifiers,
                repeat,
                ..
            }) => {
                let input = key_input(key, *physical_key, text.as_deref());
                if modifiers.command() || modifiers.alt() {
                    seen = held.key(None, event, &self.codes);
                } else {
                    seen = held.key(input.as_ref(), event, &self.codes);
                }
                if !held.keys.is_empty() {
                    shell.request_redraw();
                }
                // A key that repeats counts once.
                let held_down = *repeat && input == Some(KeyInput::Enter);
                pressed = input.filter(|_| !held_down).map(|input| (self.on_key)(input, *modifiers));
            }
            Event::Window(window::Event::RedrawRequested(drawn)) => {
                seen.splice(0..0, held.released(&self.codes));
                // Wakes up again when the pause is over.
                if !held.keys.is_empty() {
                    shell.request_redraw_at(*drawn + self.codes.gap);
                }
            }
            _ => {}
        }
        let Some(inner) = layout.children().next() else { return };
        for event in seen {
            // Each event gets its own shell: a field that captured the first key must not hide the
            // second from the rest.
            let mut messages = Vec::new();
            let mut own = Shell::new(&mut messages);
            self.content.as_widget_mut().update(
                &mut tree.children[0],
                &event,
                inner,
                cursor,
                renderer,
                clipboard,
                &mut own,
                viewport,
            );
            shell.merge(own, |message| message);
        }
        // The screen handles a key after the focused field has, so that Enter saves all the text.
        if let Some(pressed) = pressed {
            shell.publish(pressed);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        layout.children().next().map_or(mouse::Interaction::None, |inner| {
            self.content.as_widget().mouse_interaction(&tree.children[0], inner, cursor, viewport, renderer)
        })
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let Some(inner) = layout.children().next() {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, style, inner, cursor, viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let inner = layout.children().next()?;
        self.content.as_widget_mut().overlay(&mut tree.children[0], inner, renderer, viewport, translation)
    }
}

impl<'a, Message: Clone + 'a> From<Root<'a, Message>> for iced::Element<'a, Message, Theme> {
    fn from(root: Root<'a, Message>) -> Self {
        Self::new(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::Location;

    fn pressed(c: char) -> Event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Character(c.to_string().into()),
            modified_key: Key::Character(c.to_string().into()),
            physical_key: Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: Location::Standard,
            modifiers: keyboard::Modifiers::default(),
            text: Some(c.to_string().into()),
            repeat: false,
        })
    }

    /// What a text field sees when `text` is typed with `pace` between the keys;
    /// a line break is Enter.
    fn seen(text: &str, pace: u64) -> String {
        let clock = Clock::fixed(daycare_core::time::Moment(0), chrono_tz::UTC);
        let codes = Codes { prefix: "YL1-", gap: Duration::from_millis(50), clock };
        let (mut held, mut seen) = (Held::default(), Vec::new());
        for c in text.chars() {
            let input = if c == '\n' { KeyInput::Enter } else { KeyInput::Char(c) };
            seen.extend(held.key(Some(&input), &pressed(c), &codes));
            codes.clock.advance_monotonic(Duration::from_millis(pace));
        }
        codes.clock.advance_monotonic(codes.gap);
        seen.extend(held.released(&codes));
        let text = |event: Event| match event {
            Event::Keyboard(keyboard::Event::KeyPressed { text, .. }) => text.map(|text| text.to_string()),
            _ => None,
        };
        seen.into_iter().filter_map(text).collect()
    }

    #[test]
    fn the_keys_of_a_card_never_reach_a_text_field() {
        assert_eq!(seen("YL1-0123456789ABCDEF8\n", 5), "");
        assert_eq!(seen("yl1-0123456789abcdef8\nok", 5), "ok");
    }

    #[test]
    fn what_a_person_types_arrives_whole_and_in_order_however_it_begins() {
        for pace in [5, 80] {
            for text in ["y", "yz", "yyl", "ylh1|x", "张三\n", "yl\n", "wfqy"] {
                assert_eq!(seen(text, pace), text, "{pace} ms");
            }
        }
        assert_eq!(seen("YL1-0123456789ABCDEF8\n", 80), "YL1-0123456789ABCDEF8\n");
    }
}
