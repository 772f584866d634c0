# How a duty stands
clock-green = There is time
clock-amber = Due soon
clock-red = Overdue
clock-met = Done in time
clock-met-late = Done, but late
clock-paused = The clock is stopped

# The calendar of workdays
calendar-holiday = Holiday
calendar-makeup-workday = Make-up workday
entry-calendar-imported = The holidays of a year were registered
refusal-calendar-has-errors = The calendar file has { $n } errors and was not imported. The first one: { $first }
refusal-too-many-years = At most { $limit } years at once. Please import them in parts.
field-calendar-too-large = The file is too large.
field-calendar-not-readable = The file does not have the expected form and could not be read.
field-calendar-not-a-day = This is not a date.
field-calendar-twice = This day is listed twice.
field-calendar-no-name = The occasion is missing or too long.
field-calendar-both = This day is listed both as a holiday and as a workday.
field-calendar-not-on-a-weekend = A make-up workday should be a Saturday or a Sunday.
field-calendar-in-lieu-of-nothing = This day in lieu is not among the holidays.
field-calendar-year-incomplete = This year has so few holidays that some must be missing.
field-calendar-empty = The file holds no day.

# Jobs
entry-job-retried = A background job that had failed was started again
entry-job-discarded = A background job that had failed was given up
refusal-job-not-found = There is no such failed job. Somebody may have dealt with it already.

# Files
refusal-file-empty = This file is empty. Please choose another one.
refusal-file-too-large = The file is too large: at most { $limit } MB.
refusal-file-kind-unknown = Only photos (JPEG, PNG, WebP) and PDF files can be uploaded.
refusal-file-damaged = This file cannot be opened; it may be damaged. Please try another one.
refusal-image-too-large = The picture is too large: at most { $limit } million pixels in all. Please make it smaller and try again.
refusal-file-not-found = There is no such file.
refusal-file-in-use = This file is already used elsewhere.
refusal-files-busy = Other people's photos are being processed. Please try again in a moment.

# Messages
refusal-contact-not-valid = The phone number or e-mail address is not right. Please check it.
refusal-photos-only = Only photos (JPEG, PNG, WebP) are taken here, no documents. Please take a picture of it.
refusal-files-unattached = You have sent too many files that belong to nothing yet (at most { $limit }). Send the form you are at, or come back in a day.
