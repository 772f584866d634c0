# Owners' consent on the command line
consent-passed = Result: passed
consent-failed = Result: not passed
consent-item = Item: { $item }
consent-item-rules = Rules of procedure of the owners' assembly
consent-item-covenant = The covenant
consent-item-elect-committee = Election of the owners' committee, or a change of its members
consent-item-hire-firm = Hiring or dismissing the property firm
consent-item-use-fund = Using the maintenance fund
consent-item-raise-fund = Raising the maintenance fund
consent-item-rebuild = Altering or rebuilding
consent-item-change-use = Changing the use of common parts, or trading with them
consent-item-other = Another grave matter
consent-rule = Rule: { $rule }, by the law of { $on }
consent-source = Source: { $source }
consent-asked = Entitled to vote: units { $units }, area { $area } m², heads { $heads }
consent-scope = Only these buildings count: { $buildings }

# Why
consent-reason-passed = Enough owners took part and enough of them agreed, by area and by heads.
consent-reason-passed-of-all = Enough owners agreed, by area and by heads.
consent-reason-participation-area-short = Too little area took part: { $part } of { $of } m²; { $missing } m² more are needed.
consent-reason-participation-heads-short = Too few heads took part: { $part } of { $of }; needed besides: { $missing }.
consent-reason-approval-area-short = Too little area agreed: { $part } of the { $of } m² that took part; { $missing } m² more of it are needed.
consent-reason-approval-heads-short = Too few heads agreed: { $part } of the { $of } that took part; needed besides, among these: { $missing }.
consent-reason-approval-area-short-of-all = Too little area agreed: { $part } of all { $of } m²; { $missing } m² more are needed.
consent-reason-approval-heads-short-of-all = Too few heads agreed: { $part } of all { $of }; needed besides: { $missing }.

# The gates, to be followed with pencil and paper
consent-gates = One by one:
consent-gate-participation-area = { $part } m² took part, of { $of } m².
consent-gate-participation-heads = Heads that took part: { $part }, of { $of }.
consent-gate-approval-area = { $part } m² agreed, of the { $of } m² that took part.
consent-gate-approval-heads = Heads that agreed: { $part }, of the { $of } that took part.
consent-gate-approval-area-of-all = { $part } m² agreed, of all { $of } m².
consent-gate-approval-heads-of-all = Heads that agreed: { $part }, of all { $of }.
consent-check-at-least-met = At least { $num }/{ $den } is needed: { $part } × { $den } = { $left }, { $of } × { $num } = { $right }; the first is not smaller: reached.
consent-check-at-least-short = At least { $num }/{ $den } is needed: { $part } × { $den } = { $left }, { $of } × { $num } = { $right }; the first is smaller: not reached.
consent-check-more-met = More than { $num }/{ $den } is needed: { $part } × { $den } = { $left }, { $of } × { $num } = { $right }; the first is larger: reached.
consent-check-more-short = More than { $num }/{ $den } is needed: { $part } × { $den } = { $left }, { $of } × { $num } = { $right }; the first is not larger: not reached.
consent-no-participation = The law of that day only asks how many of all owners agreed; how many took part makes no difference.

# What was cast
consent-cast = What was cast:
consent-cast-agree = Agree: units { $units }, area { $area } m², heads { $heads }
consent-cast-disagree = Disagree: units { $units }, area { $area } m², heads { $heads }
consent-cast-abstain = Abstain: units { $units }, area { $area } m², heads { $heads }
consent-cast-invalid = Invalid: units { $units }, area { $area } m², heads { $heads }
consent-cast-mixed = Owners of several units who said different things: heads { $heads }; they took part and did not agree
consent-cast-silent = Nothing cast: units { $units }, area { $area } m², heads { $heads }
consent-buildings = By building:
consent-building = { $building }: took part { $part } m² ({ $share }), heads { $heads }; agreed { $agree } m², heads { $agreed }; of { $area } m², heads { $all }

# What somebody should look at
consent-notes = Please check ({ $n }):
consent-notes-more = { $n } more; --json shows them.
consent-note-contradicting = { $unit }: its ballots say different things; together they are one invalid ballot
consent-note-repeated = { $unit }: its ballots say the same; they are one
consent-note-owner-missing = { $unit }: sold, and no owner is named; a head of its own
consent-note-developer-among-owners = { $unit }: its owner has the name given at unsold units; a head apart
consent-note-not-on-roll = { $unit } (line { $line }): not on the roll; does not count
consent-note-channel-not-allowed = { $unit } (line { $line }): the rules do not admit this way of voting; does not count
consent-note-without-instruction = { $unit } (line { $line }): the proxy has no written instruction; does not count

# What is posted
consent-sheet = The sheet to be posted (units and areas only):
consent-sheet-floor = { $building }, floor { $floor }
consent-sheet-agree = { $unit }  { $area } m²  agree
consent-sheet-disagree = { $unit }  { $area } m²  disagree
consent-sheet-abstain = { $unit }  { $area } m²  abstain
consent-sheet-invalid = { $unit }  { $area } m²  invalid
consent-sheet-silent = { $unit }  { $area } m²  nothing cast
