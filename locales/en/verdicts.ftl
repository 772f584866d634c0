# The register
verdicts-title = Verdicts
verdicts-lead = By which rule, from which inputs, with which outcome: all of it stands here, and anybody can compute it again.
verdicts-none = No verdicts yet
verdicts-none-hint = They are listed when a vote is counted or a notice ends.
verdict-field-kind = Kind
verdict-kind-season-result = Result of a season's vote
verdict-kind-notice-minimum = Whether a notice hung long enough
verdict-passed = Passed
verdict-not-passed = Not passed
verdict-decided = Decided
verdict-rule-of = { $rule } ({ $set })
verdict-outcome-title = Outcome
verdict-parameters-title = What the rule was set to
verdict-subject-title = What it is about
verdict-subject-link = Go to it
verdict-check-title = Compute it yourself
verdict-check-export = Export the log into a folder.
verdict-check-verify = Verify it on your own computer: every entry is checked, and every vote is counted again.
verdict-check-compare = Compare what comes out with the above; the fingerprint of the inputs must be the same too.
verdict-entry-link = Its entry in the log
verdict-ledger-link = All entries about it
verdict-api = Data (JSON)

# Why
verdict-explained-notice-minimum-met = It went up on { $from }. The least was { $least } days; it was set to { $days } and hung to { $until }. It was ended on { $ended }. Objections: { $objections }, all answered.
verdict-explained-season-result = Counted from { $ballots } ballots, { $winners } of { $projects } projects were chosen. The result's page says why for each of them.

# Members of parameters and outcomes
verdict-member-kind = Kind
verdict-member-law = Demanded by
verdict-member-least = Least days
verdict-member-counted = Counted in
verdict-member-from = Posted
verdict-member-until = Last day
verdict-member-ended = Ended
verdict-member-days = Days
verdict-member-version = Version
verdict-member-objections = Objections
verdict-member-chosen = Chosen
verdict-member-winners = Chosen projects
verdict-member-budget = Budget (smallest unit)
verdict-member-total-cost = Cost of the chosen (smallest unit)
verdict-member-ballots = Ballots
verdict-member-voters = Voters on the roll
verdict-member-increment = Increment (smallest unit)
verdict-member-max-choices = Choices a ballot

# What was refused, and the entry of the log
refusal-verdict-not-found = There is no such verdict.
refusal-inputs-too-long = The inputs are too long, { $limit } bytes at most.
field-not-an-object = This has to be a JSON object.
entry-verdict-recorded = A verdict was recorded
verdict-member-apportionment-total = Sum to share
verdict-member-apportionment-sum = Shares together
verdict-member-apportionment-flats = Flats
verdict-member-apportionment-area = Area together
verdict-member-apportionment-developer = Borne by the developer
verdict-member-apportionment-rule = The last fen
verdict-value-apportionment-total = { $money }
verdict-value-apportionment-sum = { $money }
verdict-value-apportionment-developer = { $money }
verdict-value-apportionment-area = { $hundredths } m²
verdict-value-apportionment-rule-largest = One fen each to the largest remainders
verdict-value-apportionment-rule-one = All to one stated flat
verdict-value-midterm-outcome-passed = Passed
verdict-value-midterm-outcome-failed = Failed
verdict-value-midterm-outcome-rectify = To be rectified
