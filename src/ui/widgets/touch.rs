//! The touch button. Only the first finger on it counts; it acts on release inside, and
//! sliding off cancels; a palm or the mouse pointer elsewhere has no effect.

use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, renderer};
use iced::touch::{self, Finger};
use iced::{Border, Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::{Element, Press, Tapped};
use crate::ui::theme::metrics::SLOP;

/// Fill and edge of a button.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Fill.
    pub fill: Color,
    /// Edge colour.
    pub edge: Color,
    /// Edge width in pixels; 0 for none.
    pub edge_width: f32,
    /// Corner radius.
    pub radius: f32,
}

/// How a button looks at rest and under a finger. Hover looks like rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Faces {
    /// At rest.
    pub rest: Face,
    /// Pressed; drawn a little smaller.
    pub pressed: Face,
}

/// A button.
pub struct Touch<'a, M> {
    target: Id,
    name: String,
    content: Element<'a, M>,
    press: Option<Press<M>>,
    faces: Faces,
    in_list: bool,
    at_least: Option<f32>,
}

/// A drag of more than this many px is a scroll.
const SCROLL: f32 = 24.0;
/// How much smaller a pressed button is drawn on each side.
const INSET: f32 = 4.0;

impl<'a, M> Touch<'a, M> {
    /// A button named `btn:<name>`; without a press it is only drawn.
    pub fn new(
        name: &str,
        faces: Faces,
        press: Option<Press<M>>,
        content: impl Into<Element<'a, M>>,
    ) -> Self {
        let name = format!("btn:{name}");
        Self {
            target: Id::from(name.clone()),
            name,
            content: content.into(),
            press,
            faces,
            in_list: false,
            at_least: None,
        }
    }

    /// As tall as its content, which is centred, and at least `height` px. The content must not
    /// fill the height.
    #[must_use]
    pub fn at_least(mut self, height: f32) -> Self {
        self.at_least = Some(height);
        self
    }

    /// For staff lists that scroll: dragging scrolls and does not press.
    #[must_use]
    pub fn in_list(mut self) -> Self {
        self.in_list = true;
        self
    }
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
}

/// The pointer that is down on the button.
#[derive(Debug, Clone, Copy)]
struct Held {
    pointer: Pointer,
    from: Point,
    inside: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Pointer {
    Mouse,
    Finger(Finger),
}

/// What an event means to a button.
enum Step {
    Down(Pointer, Point),
    Move(Pointer, Point),
    Up(Pointer, Point),
    Lost(Pointer),
}

/// Touches use their own position, never the cursor: the window keeps one cursor, set by the
/// finger that moved last.
fn step(event: &Event, cursor: mouse::Cursor) -> Option<Step> {
    Some(match event {
        Event::Touch(touch::Event::FingerPressed { id, position }) => {
            Step::Down(Pointer::Finger(*id), *position)
        }
        Event::Touch(touch::Event::FingerMoved { id, position }) => {
            Step::Move(Pointer::Finger(*id), *position)
        }
        Event::Touch(touch::Event::FingerLifted { id, position }) => {
            Step::Up(Pointer::Finger(*id), *position)
        }
        Event::Touch(touch::Event::FingerLost { id, .. }) => Step::Lost(Pointer::Finger(*id)),
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
            Step::Down(Pointer::Mouse, cursor.position()?)
        }
        Event::Mouse(mouse::Event::CursorMoved { .. }) => Step::Move(Pointer::Mouse, cursor.position()?),
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
            cursor.position().map_or(Step::Lost(Pointer::Mouse), |at| Step::Up(Pointer::Mouse, at))
        }
        Event::Mouse(mouse::Event::CursorLeft) => Step::Lost(Pointer::Mouse),
        _ => return None,
    })
}

impl State {
    /// Follows the pointer; true once it was released inside.
    fn follow(&mut self, step: &Step, hits: impl Fn(Point) -> bool, may_scroll: bool) -> bool {
        match (*step_pointer(step), self.held) {
            (pointer, None) => {
                if let Step::Down(_, at) = step
                    && hits(*at)
                {
                    self.held = Some(Held { pointer, from: *at, inside: true });
                }
                false
            }
            (pointer, Some(held)) if pointer == held.pointer => match step {
                Step::Down(..) => false,
                Step::Move(_, at) => {
                    let scrolled = may_scroll && at.distance(held.from) > SCROLL;
                    self.held = (!scrolled).then_some(Held { inside: hits(*at), ..held });
                    false
                }
                Step::Up(_, at) => {
                    self.held = None;
                    hits(*at)
                }
                Step::Lost(_) => {
                    self.held = None;
                    false
                }
            },
            _ => false,
        }
    }

    fn pressed(&self) -> bool {
        self.held.is_some_and(|held| held.inside)
    }
}

fn step_pointer(step: &Step) -> &Pointer {
    match step {
        Step::Down(pointer, _) | Step::Move(pointer, _) | Step::Up(pointer, _) | Step::Lost(pointer) => {
            pointer
        }
    }
}

impl<M: Clone> Widget<Tapped<M>, Theme, Renderer> for Touch<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        let height = if self.at_least.is_some() { Length::Shrink } else { Length::Fill };
        Size::new(Length::Fill, height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &Limits) -> Node {
        let mut size = limits.max();
        let within = Limits::new(Size::ZERO, size);
        let mut content = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &within);
        if let Some(at_least) = self.at_least {
            let own = content.size().height;
            size.height = own.max(at_least);
            content = content.move_to(Point::new(0.0, (size.height - own) / 2.0));
        }
        Node::with_children(size, vec![content])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(Some(&self.target), layout.bounds());
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
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Tapped<M>>,
        viewport: &Rectangle,
    ) {
        let (Some(press), Some(mut step)) = (&self.press, step(event, cursor)) else { return };
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        // A scrolled list moves the cursor, not the finger's own position.
        if let (true, Some(at)) = (self.in_list, cursor.position()) {
            step = match step {
                Step::Down(pointer, _) => Step::Down(pointer, at),
                Step::Move(pointer, _) => Step::Move(pointer, at),
                Step::Up(pointer, _) => Step::Up(pointer, at),
                lost @ Step::Lost(_) => lost,
            };
        }
        let area = if self.in_list { bounds } else { bounds.expand(SLOP) };
        let before = state.pressed();
        let visible = |at: Point| !self.in_list || viewport.contains(at);
        if state.follow(&step, |at| area.contains(at) && visible(at), self.in_list) {
            shell.publish(Tapped { target: self.name.clone(), press: press.clone() });
        }
        if before != state.pressed() {
            shell.request_redraw();
        }
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
        let pressed = tree.state.downcast_ref::<State>().pressed();
        let (face, inset) = if pressed { (self.faces.pressed, INSET) } else { (self.faces.rest, 0.0) };
        let bounds = layout.bounds().shrink(inset);
        let border = Border { color: face.edge, width: face.edge_width, radius: face.radius.into() };
        let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
        iced::advanced::Renderer::fill_quad(renderer, quad, face.fill);
        if let Some(inner) = layout.children().next() {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, style, inner, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }

    fn overlay<'b>(
        &'b mut self,
        _tree: &'b mut Tree,
        _layout: Layout<'b>,
        _renderer: &Renderer,
        _viewport: &Rectangle,
        _translation: Vector,
    ) -> Option<iced::advanced::overlay::Element<'b, Tapped<M>, Theme, Renderer>> {
        None
    }
}

impl<'a, M: Clone + 'a> From<Touch<'a, M>> for Element<'a, M> {
    fn from(touch: Touch<'a, M>) -> Self {
        Self::new(touch)
    }
}
