//! What a season became, told in sentences 总结展示: a page, a paper, a press release, slides.
//!
//! A text holds no figures. It holds their names (`{activities}`), and each reading puts in what the records say then, with
//! the way to them. Where the office wrote nothing, the text is made of the sentences in `locales/` whose figures there
//! are. What the office writes is kept, one version after another.

pub mod api;
pub mod draft;
pub mod facts;
pub mod publish;
pub mod queries;
pub mod store;
pub mod text;
pub mod web;
pub mod write;

use kernel::{Day, PersonId};

/// Characters of a text at most.
pub const MAX_TEXT: usize = 4_000;
/// Versions of a text in one language at most.
pub const MAX_VERSIONS: u32 = 200;
/// What is said of people who are named in a text: nobody is, or each of them agreed to it.
pub const NAMES: [&str; 2] = ["nobody", "agreed"];

macro_rules! sections {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal),+ $(,)?) => {
        /// A part of the showcase or of the press release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Section { $($(#[doc = $doc])* $name),+ }

        impl Section {
            /// All of them, in their order.
            pub const ALL: &'static [Section] = &[$(Section::$name),+];

            /// The word in the database, in addresses and in the message keys.
            pub fn as_str(self) -> &'static str {
                match self { $(Section::$name => $word),+ }
            }
        }

        impl std::str::FromStr for Section {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Section::$name),)+ _ => Err(()) }
            }
        }
    };
}

sections! {
    /// The lines at the beginning.
    Opening "opening",
    /// 走访、征集、辅导、评审: how it went.
    Process "process",
    /// 活动、人次: what was done.
    Done "done",
    /// 领域: in which fields.
    Fields "fields",
    /// 项目: what became of each.
    Projects "projects",
    /// 奖项: who was honoured.
    Awards "awards",
    /// 资金: the money in a line.
    Money "money",
    /// 致谢: thanks.
    Thanks "thanks",
    /// Of the press release: what is new.
    News "news",
    /// Of the press release: the year in one paragraph.
    Year "year",
    /// Of the press release: what comes next.
    Next "next",
}

impl Section {
    /// Whether it belongs to the press release.
    pub fn is_release(self) -> bool {
        self >= Section::News
    }
}

/// Where the showcase of a season stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Showcase {
    /// The day since which everybody sees it; none where only the office does.
    pub published: Option<Day>,
    /// Parts that are not shown.
    pub hidden: Vec<Section>,
    /// Moves with every change of these.
    pub revision: i64,
}

/// A version of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Which part.
    pub section: Section,
    /// 1, 2, 3, … of this part in this language.
    pub version: u32,
    /// The text with the names of figures; empty where the office went back to what is made of the figures.
    pub text: String,
    /// One of [`NAMES`].
    pub names: String,
    /// Who wrote it; told to nobody.
    pub written_by: Option<PersonId>,
    /// When.
    pub written_day: Day,
}
