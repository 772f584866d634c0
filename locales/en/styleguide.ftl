# Sample words of the page /styleguide
# The page itself
sg-title = Style guide
sg-lead = Every component in every state, on one page. All people and numbers are invented.
sg-s-colours = Colours and type
sg-s-buttons = Buttons
sg-s-way = Where one is
sg-s-matter = The way of a matter
sg-s-due = What is due
sg-s-forms = Forms
sg-s-wrong = A form that comes back
sg-s-confirm = Asking once more
sg-s-said = Messages
sg-s-postings = Public notices
sg-s-papers = Receipts, paper, sharing
sg-s-verdicts = Verdicts and proof
sg-s-numbers = Numbers and charts
sg-s-tables = Lists and tables
sg-s-people = People and organisations
sg-s-states = None, one, refused
sg-s-problems = Problem pages

# Colours and type
sg-colour-ink = Ink: what one reads
sg-colour-soft = Soft ink: what is added
sg-colour-needs-you = Vermilion: needs you
sg-colour-done = Celadon: done
sg-colour-due = Ochre: due soon
sg-type-h2 = Headings are set in serif
sg-type-h3 = A smaller heading for one thing
sg-type-body = Text is set in sans with air between the lines, in short sentences, as neighbours speak. A word that needs explaining is replaced.
sg-type-small = Small letters only add something; in the large view they are never below 18 pixels.

# Buttons
sg-btn-first = Sign me up
sg-btn-plain = See details
sg-btn-quiet = Not now
sg-btn-danger = Withdraw the notice
sg-btn-waiting = Sending
sg-btn-long = Pass the twelve selected requests to the residents’ committee of Anwai and tell those who raised them

# Places and people
sg-street = Anzhen Subdistrict
sg-community = Anwai Community
sg-community2 = Anhuali Community
sg-community3 = Waiguan Community
sg-building = Building 14
sg-committee = Anwai residents’ committee
sg-property = Heshun Property Services
sg-person1 = Aunt Liu
sg-person2 = Master Zhang
sg-person3 = Ouyang Ruolan
sg-person-long = Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh
sg-role-rep = residents’ representative
sg-role-worker = community worker
sg-role-lift = lift mechanic
sg-long-name = Turning the bicycle shed east of Building 14, unused for years, into a neighbourhood meeting room and children’s book corner with ramp, handrail and lights at night

# A matter
sg-matter = Where the e-bikes of Building 14 park and charge
sg-due-today = due today
sg-now-title = Who does what now
sg-now-text = Aunt Liu, who supervises this, visits the charging shed today, writes three sentences and takes a photo.
sg-now-act = I have been there
sg-e1 = Second visit on site
sg-e1-text = Last time it was too dark at night; the property company promised lamps by 15 September. Please see whether they are up.
sg-e2 = The charging shed opens with 30 places
sg-e2-text = Fire brigade, city management and the power company came. Cost ¥48,000; all 6 receipts can be seen.
sg-e3 = Third meeting: build the shed, try it for three months
sg-e3-text = 26 came; 22 for, 3 against, 1 abstained: adopted.
sg-e4 = Appraisal
sg-photo1 = The charging shed with three rows
sg-photo2 = The lamps at night
sg-photo3 = No more bikes in the stairwell
sg-thread-none = No records yet
sg-thread-none-hint = It begins with the first sentence that somebody writes.

# What is due
sg-d1 = Waiguan: the July meeting has not been held
sg-d1-basis = at least once a month
sg-d2 = Dark street lamp: call back whoever reported it
sg-d2-basis = contact within 24 hours
sg-d3 = Result of the lift inquiry: post it
sg-d4 = Painting class for elders: hand in the interim papers
sg-board = Twelve meetings a year: how far each community is
sg-board-place = Community
sg-board-sum = Held
sg-board-missing = !
sg-board-today = now
sg-cell-done = Month { $month }: held { $n }
sg-cell-late = Month { $month }: not held
sg-cell-soon = Month { $month }: today

# Forms
sg-f-title = In one sentence
sg-f-title-hint = For example: the lamp east of Building 14 is dark
sg-f-body = Say more
sg-f-body-value = Old people have nowhere to rest on their way back from the market.
sg-f-money = What it costs
sg-f-money-unit = yuan
sg-f-people = How many people it helps, about
sg-f-day = By which day
sg-f-time = At what time
sg-f-phone = Phone number
sg-f-phone-hint = Only to answer you; never published.
sg-f-place = Community
sg-f-who = You are
sg-f-who-owner = an owner
sg-f-who-owner-more = the flat is yours or your family’s
sg-f-who-tenant = a tenant
sg-f-who-tenant-more = you rent here
sg-f-topics = What it is about
sg-f-topic-1 = lamps outside and on the stairs
sg-f-topic-2 = parking
sg-f-topic-3 = waste sorting
sg-f-photos = Photos
sg-f-photos-hint = If you cannot take one, a community worker will go and look.
sg-f-contact = How to reach you
sg-f-contact-hint = One way is enough.
sg-f-reason = Why

# Asking once more
sg-c-title = Withdraw this notice?
sg-c-fact1 = It will be marked as withdrawn; the text stays readable.
sg-c-fact2 = The 23 people who follow it will be told.
sg-c-fact3 = This cannot be undone; a new notice would have to be posted.

# Messages
sg-m-ok = We have it. The number is 0037; somebody answers within three days.
sg-m-due = Registration closes tomorrow at 17:00.
sg-m-needs = One paper of yours is missing.
sg-m-plain = This page is renewed every morning.
sg-m-title = Registration closes soon
sg-none = No ideas yet
sg-none-hint = Yours could be the first.
sg-none-act = Post an idea
sg-wait = Counting the ballots
sg-wait-hint = It takes about a minute; you may leave this page.
sg-progress = Receipts checked

# Notices
sg-p-title = Plan for a lift in Building 14
sg-p-text = With the plan, how the costs are shared, and what the ground floor says.

# Papers
sg-r-title = Receipt
sg-r-when = Received
sg-r-what = About
sg-r-answer = Answer by
sg-r-note = Please keep this slip. The number is enough to ask at the desk; no phone is needed.
sg-share-text = [Anwai] The charging shed of Building 14 opens on Monday: 30 places, first come, first served.
sg-file1 = Minutes of the third meeting
sg-file2 = Costs and receipts
sg-file3 = Signatures of those present
sg-file3-note = holds personal data; only for those who were there
sg-paper-title = Decision of the third meeting
sg-paper-text = By a majority of those present, a charging shed is built east of Building 14, tried for three months and then appraised by the residents.

# Verdicts
sg-v-yes = Adopted
sg-v-no = Not adopted
sg-v-wait = Not yet
sg-v-yes-text = 22 votes for: more than half of the 26 present.
sg-v-no-text = 12 votes for: less than half of the 26 present.
sg-v-wait-text = 18 of 31 came; 3 more are needed for two thirds.
sg-v-rule = Article 5 of the rules of meeting (since January 2021)
sg-v-should = Members
sg-v-came = Present
sg-v-for = For

# Numbers
sg-n-said = Raised by
sg-n-came = Attendance
sg-n-solved = Solved
sg-n-days = Took
sg-n-note = by the day it was closed
sg-chart = Requests this month by community
sg-chart-value = Requests
sg-trend = Requests per month
sg-month = Month
sg-month-n = { $n }/2026

# Tables
sg-t-caption = Open requests
sg-t-matter = Request
sg-t-place = Community
sg-t-who = Handled by
sg-t-due = Due
sg-t-cost = Cost
sg-t-found = 214 found; these are 1 to 3
sg-t-assign = Pass on
sg-t-export = Export
sg-t-search = Search
sg-tab-all = All
sg-tab-mine = Mine
sg-tab-late = Overdue
sg-states-none = None
sg-states-one = Only one
sg-states-refused = Refused, and every light
sg-states-written = What people write, and what is folded
