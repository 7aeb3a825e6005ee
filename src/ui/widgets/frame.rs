//! A container with children at fixed grid rectangles, scaled to the window.

use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use crate::ui::theme::Rect;

/// A page of the grid.
pub struct Frame<'a, Message> {
    size: Size,
    mirrored: bool,
    children: Vec<(Rect, iced::Element<'a, Message, Theme>)>,
}

impl<'a, Message: 'a> Frame<'a, Message> {
    /// An empty page.
    #[must_use]
    pub fn new(size: Size, mirrored: bool) -> Self {
        Self { size, mirrored, children: Vec::new() }
    }

    /// Puts a child at a rectangle; later children are drawn over earlier ones.
    pub fn put(&mut self, place: Rect, child: impl Into<iced::Element<'a, Message, Theme>>) {
        let x = if self.mirrored { self.size.width - place.x - place.width } else { place.x };
        self.children.push((Rect { x, ..place }, child.into()));
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Frame<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.children.iter().map(|(_, child)| Tree::new(child)).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        let children: Vec<_> = self.children.iter().map(|(_, child)| child.as_widget()).collect();
        tree.diff_children(&children);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size.width), Length::Fixed(self.size.height))
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, _limits: &Limits) -> Node {
        let nodes = self.children.iter_mut().zip(&mut tree.children).map(|((place, child), tree)| {
            let limits = Limits::new(Size::ZERO, place.size());
            child.as_widget_mut().layout(tree, renderer, &limits).move_to(place.position())
        });
        Node::with_children(self.size, nodes.collect())
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for (((_, child), tree), layout) in
                self.children.iter_mut().zip(&mut tree.children).zip(layout.children())
            {
                child.as_widget_mut().operate(tree, layout, renderer, operation);
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
        for (((_, child), tree), layout) in
            self.children.iter_mut().zip(&mut tree.children).zip(layout.children())
        {
            child.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        self.children
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .map(|(((_, child), tree), layout)| {
                child.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
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
        for (((_, child), tree), layout) in self.children.iter().zip(&tree.children).zip(layout.children()) {
            child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        let children = self.children.iter_mut().zip(&mut tree.children).zip(layout.children());
        let overlays = children.filter_map(|(((_, child), tree), layout)| {
            child.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
        });
        let overlays: Vec<_> = overlays.collect();
        (!overlays.is_empty()).then(|| overlay::Group::with_children(overlays).overlay())
    }
}

impl<'a, Message: 'a> From<Frame<'a, Message>> for iced::Element<'a, Message, Theme> {
    fn from(frame: Frame<'a, Message>) -> Self {
        Self::new(frame)
    }
}
