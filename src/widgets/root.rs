//! Around everything: notices that somebody is there, and reads the card
//! scanner, which types like a keyboard. The screens below see every event too.

use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay, renderer};
use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{self, Key};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector, touch};

/// A key, as a scanner or a person pressed it.
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

/// The widget around everything.
pub struct Root<'a, Message> {
    content: iced::Element<'a, Message, Theme>,
    on_press: Message,
    on_key: OnKey<'a, Message>,
}

impl<'a, Message> Root<'a, Message> {
    /// Wraps the whole view.
    pub fn new(
        content: impl Into<iced::Element<'a, Message, Theme>>,
        on_press: Message,
        on_key: impl Fn(KeyInput, keyboard::Modifiers) -> Message + 'a,
    ) -> Self {
        Self { content: content.into(), on_press, on_key: Box::new(on_key) }
    }
}

/// The physical key where it is known: an input method may swallow or change
/// the text, never the key. Else the text.
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

/// The character a card code can hold, by its place on the keyboard.
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
        match event {
            Event::Touch(touch::Event::FingerPressed { .. })
            | Event::Mouse(mouse::Event::ButtonPressed(_)) => {
                shell.publish(self.on_press.clone());
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, text, modifiers, .. }) => {
                if let Some(input) = key_input(key, *physical_key, text.as_deref()) {
                    shell.publish((self.on_key)(input, *modifiers));
                }
            }
            _ => {}
        }
        if let Some(inner) = layout.children().next() {
            self.content.as_widget_mut().update(
                &mut tree.children[0],
                event,
                inner,
                cursor,
                renderer,
                clipboard,
                shell,
                viewport,
            );
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
