# Figures
attendance-title = Who took part
attendance-lead = Visits and persons are counted from the sign-in rows; nobody types them in.
attendance-counting = Visits are sign-ins, persons are different people; the two are never added. Estimates stand apart with what they rest on and make no persons.
attendance-events = Events
attendance-visits = Visits
attendance-persons = Persons
attendance-unnamed = and visits that name nobody: { $n }
attendance-estimated-direct = Estimated, served directly
attendance-estimated-indirect = Estimated, reached otherwise
attendance-from = From
attendance-until = Until

# Rows
attendance-rows-visits = Sign-in rows
attendance-rows-estimates = Estimates
attendance-none = No rows in this time
attendance-caption = Each row is one person once
attendance-column-day = Day
attendance-column-event = Event
attendance-column-who = Who
attendance-column-way = How
attendance-column-heads = Visits
attendance-estimate = Estimate
attendance-person = a known resident
attendance-person-ending = known resident, number ending in { $end }
attendance-nobody-known = nobody named
attendance-way-web = typed in
attendance-way-qr = scanned
attendance-way-paper = paper list
attendance-way-list = list
attendance-way-counter = desk
attendance-way-phone = telephone
attendance-way-visit = visit
attendance-way-import = import
attendance-event-title = Sign-ins of an event
attendance-strike = Strike it out
attendance-struck = Struck out:
attendance-field-reason = Why
attendance-field-reason-hint = It counts no more, and stays on record.
field-in-the-future = This day has not come yet.
refusal-attendance-not-found = There is no such row.
refusal-attendance-struck = This row is struck out already.

# Entries of the log
entry-attendance-recorded = Somebody came
entry-attendance-listed = A list of attendances was typed in
entry-attendance-estimated = An attendance was estimated
entry-attendance-struck = An attendance was struck out
field-event-of-another-page = Events of this kind have a page of their own: please record there
