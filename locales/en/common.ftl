# The frame of every page
app-name = Linli
app-mark = 邻
app-tagline = Neighbours deciding together
nav-label = Main navigation
nav-home = Home
nav-seasons = Seasons
nav-ideas = Ideas
nav-ledger = Ledger
skip-to-content = Skip to content
lang-label = Language
demo-ribbon = Demonstration data: people and vote counts are invented
footer-label = Footer
footer-promise = Every matter has an owner, a deadline, a rule, proof and an answer.
footer-check = How to check this yourself
footer-source = Source code and licence
footer-top = Back to the top
footer-licence = Free software under AGPL-3.0

# Buttons and links
btn-save = Save
btn-send = Send
btn-cancel = Cancel
btn-back = Back
btn-edit = Edit
btn-delete = Delete
btn-confirm = Confirm
btn-search = Search
btn-filter = Filter
btn-more = Show more
btn-all = Show all
btn-details = See details
btn-download = Download
btn-print = Print
btn-home = Go to the home page

# Small words
word-yes = Yes
word-no = No
word-none = None yet
word-unknown = Unknown
word-all = All
word-total = Total
word-date = Date
word-name = Name
word-status = Status
word-details = Details
empty-title = Nothing here yet

# States; colour never stands alone
state-done = Done
state-now = In progress
state-next = Not yet
state-due = Due soon
state-late = Overdue
state-open = Open
state-closed = Closed
notice-ok = Done
notice-due = Please note
notice-needs-you = This needs you

# Counts
count-people = { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
count-votes = { $n ->
        [one] { $n } vote
       *[other] { $n } votes
    }
count-projects = { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
count-ideas = { $n ->
        [one] { $n } idea
       *[other] { $n } ideas
    }
count-matters = { $n ->
        [one] { $n } matter
       *[other] { $n } matters
    }
count-records = { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
count-days = { $n ->
        [one] { $n } day
       *[other] { $n } days
    }

# Time
when-today = Today
when-tomorrow = Tomorrow
when-yesterday = Yesterday
when-days-left = { $n ->
        [one] { $n } day left
       *[other] { $n } days left
    }
when-days-late = { $n ->
        [one] { $n } day late
       *[other] { $n } days late
    }
when-until = Until { $date }

# The five seals: 集 议 办 督 评
seals-label = The five stages
seal-collect-mark = 集
seal-collect = Collect
seal-deliberate-mark = 议
seal-deliberate = Discuss
seal-do-mark = 办
seal-do = Do
seal-supervise-mark = 督
seal-supervise = Oversee
seal-appraise-mark = 评
seal-appraise = Review

# Lists, tables, forms
pager-label = Pages
pager-previous = Previous page
pager-next = Next page
breadcrumb-label = You are here
table-scroll = Wide table: scroll sideways
thread-title = How it went
form-errors = { $n ->
        [one] { $n } thing needs fixing
       *[other] { $n } things need fixing
    }
form-optional = optional
form-choose = Please choose

# Proof and money
proof-title = Proof
proof-hash = Fingerprint (SHA-256)
proof-full = Show it in full, to copy
proof-explain = The fingerprint is computed from the content: change one letter and it is entirely different.
budget-title = Where the money went
budget-line = Budget { $budget }, spent { $spent }, left { $left }.
budget-over = Budget { $budget }, spent { $spent }, over by { $over }.

# Ends of lists
list-end = That is all
list-first = Back to the first page

# Licence and source of the running program
source-title = Source code and licence
source-lead = This program is free software: anyone may use, read, change and share it.
source-program = Program
source-version = Version that is running
source-licence = Licence
source-where = The complete source of the version that is running, with any changes made here, is available from whoever runs this site. They must give it to you free of charge.
source-right = Section 13 of the GNU Affero General Public License, version 3 or later, gives you this right.
