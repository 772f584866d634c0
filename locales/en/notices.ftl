# The board
notices-title = Public notices
notices-lead = What everybody should know hangs here. While a notice hangs, you can object to it.
notices-tab-now = On the board
notices-tab-past = Past
notices-tab-drafts = Drafts
notices-none = No notices here yet
notices-none-hint = New notices will hang here.
notices-feed = Subscribe to notices (Atom)

# One notice
notice-state-draft = Draft
notice-state-posted = On the board
notice-state-ended = Ended
notice-state-withdrawn = Withdrawn
notice-days-title = How long it hangs
notice-law = Demanded by
notice-days = Time
notice-counted-days = { $n } calendar days
notice-counted-days-to-workday = { $n } calendar days; a last day that is a holiday moves to the next workday
notice-counted-workdays = { $n } workdays
notice-least = at least { $n } days
notice-from = Posted
notice-until = Last day
notice-until-day = until { $day }
notice-closed-ended = Ended
notice-closed-withdrawn = Withdrawn
notice-counting = The day of posting is not counted; the last day counts to its end (Civil Code, articles 201 and 203).
notice-was-withdrawn = This notice was withdrawn
notice-was-corrected = It was corrected, and its time began again on that day
notice-versions = What was corrected
notice-version = Version { $n }, { $from } to { $until }
notice-proof-title = Check it yourself
notice-proof = When it went up and whether it was changed stands in the log, which nobody can alter unseen.
notice-proof-link = Its entries in the log
notice-verdict-link = The verdict on its time
notice-api = Data (JSON)
notice-subject-link = What is posted
notice-share =
    Notice: { $title }
    { $place }, until { $until }. If you object, open the link.

# Kinds
notice-kind-residents-affairs = Affairs of the residents' committee
notice-kind-residents-meeting = Residents' meeting
notice-kind-roll = Roll of voters
notice-kind-owners-meeting = Owners' meeting
notice-kind-owners-decision = Decision of the owners
notice-kind-property-committee-meeting = Property management committee's meeting
notice-kind-deliberation = Deliberation ahead
notice-kind-minutes = Minutes
notice-kind-grant-approval = Grants to be approved
notice-kind-accounts = Accounts
notice-kind-other = Other

# Which rule demands it
law-organic-34 = Organic Law of Urban Residents' Committees, article 34
law-organic-26 = Organic Law of Urban Residents' Committees, article 26
law-organic-17 = Organic Law of Urban Residents' Committees, articles 17 to 19
law-beijing-property-35 = Beijing Property Management Regulations, article 35
law-beijing-property-37 = Beijing Property Management Regulations, article 37
law-beijing-property-58 = Beijing Property Management Regulations, article 58
law-house = This house's own default (no law names the days)

# Keeping a notice
notice-new = Write a notice
notice-new-lead = Say what it is, who decided it, and how to object. A change after posting begins the time again.
notice-field-kind = Kind
notice-field-kind-hint = The kind decides how long it hangs at least.
notice-field-title = Title
notice-field-body = Text
notice-field-body-hint = No telephone numbers, identity numbers or addresses of people.
notice-field-days = Days
notice-field-days-hint = Left empty, it is the least that the rule asks.
notice-field-why = Why it is corrected
notice-field-why-hint = Everybody can read it.
notice-field-reason = Why it is withdrawn
notice-field-reason-hint = Everybody can read it.
notice-keep-title = What you can do
notice-keep-draft = Keep as a draft
notice-post = Post it
notice-correct = Correct it
notice-correct-restarts = After a correction the time begins again today; the old wording stays readable.
notice-end = End it
notice-end-later = It can be ended once its time is over.
notice-withdraw = Withdraw it
notice-owes-correction = Upheld objections: { $n }. It has to be corrected before it can end.
notice-done-object = Your objection came in and will be answered.
notice-done-answer = It is answered.
notice-done-post = It is on the board.
notice-done-correct = It is corrected, and its time begins again today.
notice-done-end = It has ended.
notice-done-withdraw = It is withdrawn.

# Objections
objections-title = Objections: { $n }
objections-none = Nobody has objected.
objection-form-title = I object
objection-until = You can object to the end of { $day }.
objection-field-words = What is wrong
objection-field-words-hint = Only you and those who answer can read it.
objection-field-shown-as = How you want to be called in public
objection-field-shown-as-hint = Left empty, it says “a resident”.
objection-privacy = What you say and who you are is not public; the number of objections and the answers are.
objection-send = Send
objection-sign-in = Sign in to object
objection-at-the-desk = You can also object at the community desk, where somebody types it in for you.
objection-by-resident = a resident
objection-yours = This is yours.
objection-due = Answer due
objection-state-open = Waits for an answer
objection-state-answered = Answered
objection-state-upheld = Upheld
objection-state-rejected = Rejected
objection-answer = Answer
objection-answer-title = Answer
objection-field-outcome = Outcome
objection-as-upheld = It is right: the notice has to be corrected
objection-as-rejected = It is not right, for the reason below
objection-as-answered = It is a question or another thing: answered
objection-field-answer = The answer
objection-field-answer-hint = Everybody can read it; do not say who objected.
objection-in-conflict = Whoever objected or posted the notice cannot answer; ask a colleague.
objection-corrected-in = Put right in version { $n }.

# What was refused
refusal-notice-not-found = There is no such notice.
refusal-objection-not-found = There is no such objection.
refusal-notice-wrong-state = This cannot be done now: the notice may not be posted yet, or has ended, or was withdrawn.
refusal-notice-too-short = Notices of this kind hang at least { $least } days; you gave { $days }.
refusal-notice-kind-ended = Notices of this kind are no longer in use; choose another kind.
refusal-notice-still-running = It hangs to the end of { $day } and can be ended from the next day on.
refusal-objections-open = Objections without an answer: { $n }. Answer them first.
refusal-correction-owed = Upheld objections: { $n }. Correct the notice first.
refusal-objections-closed = Objections were taken to the end of { $day }.
refusal-objection-answered = This objection is answered already.
refusal-too-many-objections = This notice has reached the limit of { $limit } objections. Please ask at the community desk.
refusal-too-many-corrections = It was corrected too often, { $limit } versions at most. Withdraw it and post a new one.
refusal-nothing-changed = Nothing was changed, so nothing was corrected.

# Entries of the log
entry-notice-drafted = A notice was drafted
entry-notice-posted = A notice went up
entry-notice-corrected = A notice was corrected; its time began again
entry-notice-ended = A notice ended
entry-notice-withdrawn = A notice was withdrawn
entry-objection-made = Somebody objected
entry-objection-answered = An objection was answered
objection-owed-by = To be answered by { $holder }
objection-owed-by-nobody = Nobody is responsible for the answer yet
notice-whole-list = See the whole list, with a reason for each project
notice-whole-results = Every project's result, and where it stands now
notice-kind-owners-meeting-by-rules = Owners' meeting (by the rules of the place)
law-owners-rules = The rules of this vote, named in the notice
