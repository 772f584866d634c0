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

# Counts of people and of attendances
count-people-more = more than { $n } people
count-attendances = { $n ->
        [one] { $n } attendance
       *[other] { $n } attendances
    }
count-attendances-more = more than { $n } attendances

# Letters and light
view-label = Language and display
view-open = Aa 文
view-to-plain = Standard view
view-letters = Text size
view-plain = Standard
view-elder = Large letters
view-theme = Colours
theme-auto = Like the device
theme-light = Light
theme-dark = Dark

# What is due
light-fine = In time
due-basis = Rule: { $basis }
due-provisional = provisional
due-provisional-why = The holidays of that year are not yet published; the date may change.

# Files and photos
photos = Photos
photos-hint = Show where it is. Please keep other people’s faces and number plates out of the picture.
photos-kept = { $n } photos are already here; there is no need to choose them again.
photos-lost = Some of the photos sent before cannot be used any more. Please choose them again and send once more.
photo-alt = Photo { $n }
upload-limit = { $kinds }; at most { $n }, each up to { $size }.
upload-too-large = This file is too large; please choose a smaller one
file-withheld = Not public

# Work with many rows
pick-column = Select
pick-row = Select: { $name }
pick-do = With those selected:
sort-up = sorted upwards
sort-down = sorted downwards
filter-on = Filters in use
filter-more = More conditions
filter-off = remove this filter
filter-clear = Remove all
chart-table = Show the numbers

# Public notices
posting-word = Public notice
posting-dates = { $from } to { $until }
posting-before = Not yet begun
posting-over = Notice period over
posting-objections = { $n ->
        [one] { $n } objection
       *[other] { $n } objections
    }
posting-object = I object

# Receipts
receipt-number = Number
receipt-qr = QR code that leads to the progress
receipt-find = To see the progress, scan the code or open this address:

# Taking along
share-title = For the chat group
share-hint = Hold a finger on the text, select all, copy it and paste it into your group.
share-copy = Copy text and link
share-done = Copied. Now paste it into your group
share-picture = Hold a finger on the picture to save it, then send it to the group.
share-qr = QR code: scan it to open this page

# Verdicts
verdict-word = Verdict
verdict-rule = By this rule:
verdict-digest = Fingerprint of the inputs
verdict-compute = Compute it yourself

# Asking, waiting, attending
confirm-facts = If you confirm:
confirm-back = Not now, go back
progress-of = { $part } of { $whole }
waiting-again = Look again
presence-open = Not checked in
presence-present = Present
presence-absent = Absent
presence-excused = Excused
presence-proxy = By proxy
place-path-label = Place
count-more = over { $n }
