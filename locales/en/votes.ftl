
refusal-key-taken = The ballot was not cast. Please send it once more.
refusal-no-such-ballot = This link opens no ballot. A character may be missing, or the vote is over.
refusal-vote-yourself = Everybody votes in person. Please go back to acting for yourself.
refusal-not-a-resident = You are not on the roll of residents yet. Please bring a document to the community office, or vote with the code in your letter.
entry-roll-letters-printed = Voting letters were printed
ballot-title = Vote
vote-go = Vote now
vote-lead = Tick the projects you support, look once more, send. It takes a minute.
vote-left = Choices left: { $n }
vote-over = Too many by { $n }, please take some away
vote-choose = Which projects do you support?
vote-code = Voting code
vote-code-hint = In the letter from the community, or from the desk. Capitals and dashes do not matter.
vote-sign-in = Registered residents need no code after signing in
vote-by-code = Vote with a code from a letter, such as a family member with their own
vote-look = Look once more
vote-look-change = Look once more
vote-review-lead = Please look once more, then send it.
ballot-send = Send this ballot
vote-back = Go back
vote-empty = Nothing is chosen. An empty ballot counts as a ballot.
vote-done = Your ballot is in
vote-done-note = Your ballot is kept. Until the vote closes, the link below lets you change it.
vote-done-already = You have voted
vote-done-already-note = To change it, open the link you got after voting. One ballot each, by letter or by account.
vote-enrol-title = First put yourself on the roll
vote-enrol-note = The roll of residents has you; one press and you are on the voters' roll. By letter or by account, you vote once.
vote-enrol = Put me on the roll
vote-not-yet = The vote has not begun. Please come back when the projects are settled.
vote-over-note = The vote is over; no more ballots are taken.
vote-too-late = Your ballot came too late
vote-too-late-note = The vote closed while it was on its way, so it does not count. This is what you had chosen:
vote-advisory = This vote is advisory: the panel sees it, and it does not decide by itself.
vote-receipt-title = Receipt of a ballot
vote-receipt-number = Number of the ballot
vote-receipt-note = After the vote this address shows that your ballot was counted. Whoever has it can see what you chose: keep it to yourself.
vote-receipt-where = To find your ballot, open the address on your receipt.
vote-receipt-not-yet = The vote is still open. Once it is closed, this page says whether the ballot was counted.
vote-receipt-on-its-way = The ballot was taken and is being written into the public log. Please look again in a moment.
vote-receipt-not = No published ballot has this number. It may be mistyped; if you changed your ballot, use the receipt from after the change.
vote-receipt-there = This ballot was counted
vote-receipt-there-note = It is among the published ballots. Please compare it with what you chose.
vote-receipt-says = What it says
vote-receipt-entry = Its entry in the public log
vote-receipt-shown = The proof can be checked on any other computer.
vote-link-text = My link to change my ballot, for nobody else:
vote-link-note = Please bookmark this page. The link is kept nowhere here and cannot be found again; it ends with the vote. A changed ballot has a new receipt.
vote-link-over = The vote is over, and links to change a ballot have ended.
vote-change = Change my ballot
vote-secrecy-link = While the vote is open your link leads to your ballot; only its fingerprint is kept, and it is destroyed after the close. From what is published nobody can tell what you chose, unless you show them your receipt or your link.
vote-roll-title = Voters and closing
vote-roll-lead = Put residents on the roll, print letters, close and count the vote.
vote-roll-counts = Numbers only: not who voted, nor what.
vote-letters-count = Codes given
vote-enrol-all-title = Voters from the roll of residents
vote-enrol-all-note = One row for each who lives here; nobody twice. Owners who live elsewhere are not put on it.
vote-enrol-all = Put all residents on the roll
vote-enrol-more = There are more.
vote-enrol-go-on = Go on
vote-letters-title = Voting letters
vote-letters-note = Forty letters a page, each with a code. A code is shown once, on that page; only its fingerprint is kept. Printing again for somebody ends the earlier code.
vote-letters-flat = Only these flats
vote-letters-flat-hint = How the flat begins, such as 3-; leave it empty for all.
vote-letters = Print letters
vote-letters-once = Print now: once you leave this page, nobody can see these codes again.
vote-letters-none = No such flats, or no more of them.
vote-letters-next = The next forty
vote-letter-title = Please vote
vote-letter-to = To
vote-letter-how = Scan, tick the projects you support, and type the voting code above. Without a phone, vote on paper at the desk.
vote-letter-secret = The code is yours and works once. Please tell it to nobody.
vote-close-title = Close the vote
vote-close-note = After this no ballot is taken or changed. It cannot be undone.
vote-close = Close it now
vote-count-title = Count and publish
vote-count-note = First the roll and the ballots are laid anew and links and codes destroyed; then the vote is counted by its public rule and published.
vote-count = Count and publish
turnout-parts-title = Turnout by part of the place
turnout-part = Part
turnout-part-unknown = Not known
turnout-voted = Voted
turnout-too-few = Too few to show
turnout-note = Shown from ten ballots up. What each part supported is not recorded: a ballot does not say from where it comes.
field-not-on-the-roll = No such code. Please look again; if a letter was printed anew, use the newer one.
vote-chosen = { $n ->
        [one] You chose { $n } project
       *[other] You chose { $n } projects
    }
vote-choose-hint = { $n ->
        [one] One at most; none is possible too.
       *[other] Up to { $n }; fewer or none is possible too.
    }
vote-enrolled = { $n ->
        [one] { $n } resident was put on the roll.
       *[other] { $n } residents were put on the roll.
    }
