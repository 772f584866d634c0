//! Components: functions from plain data to markup. Texts arrive in the reader's language and are escaped here;
//! [`Words`](crate::Words) is taken only where a component speaks itself.

mod button;
mod chart;
mod confirm;
mod due;
mod filter;
mod form;
mod frame;
mod list;
mod person;
mod posting;
mod proof;
mod receipt;
mod said;
mod share;
mod story;
mod upload;
mod verdict;
mod worktable;

pub use button::{Weight, acts, button, button_named, button_of, link_button, print_button, waiting_button};
pub use chart::{Bar, Chart, ChartRow, Figure, bars, budget, chart, columns, figures};
pub use confirm::{Confirm, confirm, flash, progress, waiting};
pub use due::{Board, BoardRow, Cell, Due, DueRow, Light, board, due, due_list, light, light_saying};
pub use filter::{Filter, Tab, filter, tabs};
pub use form::{
    CheckList, Choice, Errors, Field, Input, apart, checks, fieldset, form, form_with_files, left, money, select, text,
    textarea, tokens,
};
pub use frame::{
    Head, Tone, account, breadcrumb, cols, empty, head, notice, problem, section, sheet, sheet_needs_you, tag,
};
pub use list::{Card, Column, Table, cards, pager, pairs, table};
pub use person::{Attendee, Chip, Presence, attendance, org, person, place_path};
pub use posting::{Posting, posting};
pub use proof::{code, fold, proof, steps};
pub use receipt::{Receipt, qr, qr_modules, receipt};
pub use said::{day, prose, told};
pub use share::{File, PICTURE_SIDE, Photo, Share, files, paper, photos, share};
pub use story::{Event, Seal, Stage, seals, thread};
pub use upload::{Upload, upload};
pub use verdict::{Verdict, verdict};
pub use worktable::{Order, WorkColumn, WorkRow, WorkTable, pick_form, worktable};
