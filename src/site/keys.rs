//! The numbers behind handles. They are made here in `site`, and nothing outside of it can look into them.

macro_rules! keys {
    ($($(#[$doc:meta])* $key:ident { $($field:ident),+ };)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub struct $key { $(pub(super) $field: usize,)+ }
    )+};
}

keys! {
    /// A framework.
    FrameworkKey { framework };
    /// A stage of a framework.
    StageKey { framework, stage };
    /// A group of a framework's dimensions.
    GroupKey { framework, group };
    /// A dimension of a framework.
    DimensionKey { framework, dimension };
    /// An aspect of a dimension.
    AspectKey { framework, dimension, aspect };
    /// What an aspect asks for at a stage.
    CellKey { framework, dimension, aspect, stage };
    /// Two stages, the earlier first.
    ComparisonKey { framework, from, to };
    /// A term of the glossary.
    TermKey { term };
    /// A file that is published as it is.
    AssetKey { asset };
}
