//! Everything that can be asked for.

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Everything that can be asked for. Each stands in `policies/schema.cedarschema` under the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[doc = $doc])* $name),* }

        impl Action {
            /// All actions, in the order of the golden table.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// The name in the policies.
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$name => stringify!($name)),* }
            }
        }
    };
}

actions! {
    /// Import official codes of places.
    ImportPlaces,
    /// Add a place to the tree.
    AddPlace,
    /// Split, merge, rename, move places.
    ChangePlaces,
    /// Make somebody an administrator or auditor.
    AppointAdmin,
    /// Make somebody an officer, reviewer, supervisor.
    AppointOfficer,
    /// Make somebody a worker or secretary.
    AppointWorker,
    /// Make somebody a volunteer, delegate, stairwell head, team lead …
    AppointHelper,
    /// Register organisations and fill their leading seats.
    KeepOrganisations,
    /// Fill the other seats of an organisation.
    FillSeats,
    /// Import the calendar of a year.
    KeepCalendar,
    /// Try failed jobs again or discard them.
    KeepJobs,
    /// Put voters on the roll of a vote.
    Enrol,
    /// Register a person at the desk.
    RegisterPerson,
    /// Import and keep the roll of residents.
    KeepRoll,
    /// See the roll of residents with masked fields.
    SeeRoll,
    /// See what a masked field says; each look is recorded.
    Reveal,
    /// Take out what a verdict was computed from where it is sealed; each time is recorded.
    Audit,
    /// Say that the desk has checked who somebody is.
    VerifyPerson,
    /// Enter something for somebody else, at the desk or by telephone.
    EnterForAnother,
    /// Ask for a code, sign in, sign up.
    SignIn,
    /// Keep one's own account: contacts, password, devices.
    KeepOwnAccount,
    /// Let somebody act in one's name, or end that.
    GiveConsent,
    /// Open a season, add its projects, open and close its vote.
    RunSeason,
    /// Post an idea.
    PostIdea,
    /// Write, submit and withdraw one's own proposal.
    WriteProposal,
    /// Say what a proposal still needs, as its coach.
    CoachProposal,
    /// Cast a ballot.
    CastBallot,
    /// Store and publish a verdict on a season.
    PublishVerdict,
    /// Score a project as a reviewer of its season.
    ScoreProject,
    /// Open a matter.
    OpenMatter,
    /// Move a matter to another stage, or note what was done.
    MoveMatter,
    /// Grade the answer to one's matter.
    GradeMatter,
    /// Say who owes what by when.
    GiveDuty,
    /// Meet a duty with evidence.
    MeetDuty,
    /// Hand a duty over to somebody else.
    HandOverDuty,
    /// See what is due at a place.
    SeeDuties,
    /// Post, correct and end a public notice.
    PostNotice,
    /// Object to a public notice.
    Object,
    /// Answer an objection.
    AnswerObjection,
    /// Record who took part.
    RecordAttendance,
    /// Record a verdict.
    RecordVerdict,
    /// Approve what somebody else has made.
    Approve,
    /// Add a photo or a document.
    AddFile,
    /// Hold an activity: enter it, change it, take its check-ins.
    HoldActivity,
}
