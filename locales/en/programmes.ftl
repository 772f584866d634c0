# The first page
home-title = Our ideas, our decision
home-lead = Anyone can bring an idea. A vote decides where the money goes, the result says why, and every step can be checked.
home-now = Going on now
home-results = Latest results
home-ideas = New ideas
home-nothing = No season is open at the moment. You can note down your idea at any time.

# Seasons
seasons-title = Seasons
seasons-lead = Each season begins with a call for ideas and goes on to the vote, the result, the work and its appraisal.
seasons-none = No seasons yet
seasons-none-hint = The first one will be posted here when it opens.
season-state-draft = In preparation
season-state-collecting = Collecting ideas
season-state-voting = Voting open
season-state-closed = Voting closed
season-state-published = Published
season-collecting-until = You can bring ideas until { $date }.
season-voting-until = You can vote until { $date }.
season-closed-note = Voting has closed. The count is being checked.
season-published-on = Published on { $date }
season-budget = Budget
season-projects = Projects
season-ideas = Ideas
season-voters = Voters
season-see-result = See the result and why
season-see-projects = See the projects
season-vote-now = Vote now
season-open-data = Download the votes (Pabulib format)

# Projects
project-title = Project
project-number = Project number
project-cost = Cost
project-supporters = Supporters
project-votes = Votes
project-place = Place
project-category = Category
project-result = Result
project-chosen = Chosen
project-not-chosen = Not chosen
project-waiting = Waiting for the vote
project-no-description = No description was given.
projects-none = No projects in this season yet
projects-none-hint = When ideas have been discussed and worked out, they are listed here as projects.

# Ideas
ideas-title = Ideas
ideas-lead = Small things matter too. One clear sentence is enough.
ideas-none = No ideas yet
ideas-none-hint = Yours could be the first.
idea-new = Bring an idea
idea-by = From { $name }
idea-by-resident = A resident
idea-number = Number { $number }
idea-state-received = Received
idea-state-answered = Answered
idea-state-adopted = Made a project
idea-state-declined = Not taken up
idea-form-title = Bring an idea
idea-form-lead = Would you like to make your building, your yard or your street better? Write it down. We read it, and we answer.
idea-field-title = Title
idea-field-title-hint = Say in one sentence what you want, for example: a row of benches in front of building 14.
idea-field-body = Your idea
idea-field-body-hint = Why, for whom, and roughly how. A few sentences are enough.
idea-field-name = What may we call you
idea-field-name-hint = This is shown in public. A first name will do, or leave it empty.
idea-field-place = Where
idea-field-place-hint = Choose the nearest community.
idea-send = Send the idea
idea-privacy = Please leave out telephone numbers, door numbers and other people's names. Title and idea are public.
idea-thanks = We have it. Thank you
idea-thanks-number = Its number is { $number }. Please note it down to follow the idea.
idea-closed = This season no longer takes ideas. You are welcome in the next one.

# The first page: what one can do now
home-do-title = What you can do now
home-do-idea = “{ $season }” is collecting ideas. Anyone can bring one; a sentence is enough.
home-do-vote = Voting is open in “{ $season }”. Look at the projects first, then make up your mind.
home-do-result = “{ $season }” has its result: what was chosen, what was not, and why.
home-do-wait = Voting in “{ $season }” has closed and is being counted. The result will be posted here.
home-about-title = What Linli is
home-about-rule = Where the money goes is worked out by a rule that was published beforehand, not by anyone’s say.
home-about-why = A project that was not chosen is told what it lacked, and how much.
home-about-check = Every step is written in the ledger, and anyone can count again at home.
home-check-title = How to check these figures
home-check = Every figure leads to its records. The ledger only grows, and a change to any entry shows.

# A season’s own page
season-title = Season
seasons-all = All seasons
season-look = Look at the season
season-opened-on = Began on { $date }
season-collecting-note = This season is collecting ideas. Anyone can bring one.
season-voting-note = Voting is open. Each person votes once, with the personal code from the community; the community’s notice says how.
season-published-note = The result is out: what was chosen, what was not, and why.
season-ballots = Ballots
season-roll = On the roll
season-max-choices = { $n ->
        [one] Each voter may choose { $n } project.
       *[other] Each voter may choose up to { $n } projects.
    }
season-check-title = Check it yourself
season-ledger = This season’s entries in the ledger
season-api = Open data (JSON)
season-source-title = Where the data comes from
season-source = This season’s projects and ballots come from a public data file; this is what the file says about itself.
project-about = About the project
ideas-all = All ideas
ideas-of = Ideas for “{ $season }”
idea-kept = What you wrote was not sent; you can copy it here
idea-sign-in = Sign in to write
idea-before = Before you write, sign in once with your phone number (you receive a code). You need not show your name to the public.
idea-without-phone = No phone? Come to the community desk: a worker writes it down for you and gives you a receipt.
home-report = Something broken, dirty or unsafe? Say so; once it is done you are asked whether it was done well.
