# The tree of places
place-label = Place
place-all = All places
place-choose = Choose a community
place-code = Place code
place-code-local = (temporary)
place-level-province = Province
place-level-city = City
place-level-district = District
place-level-subdistrict = Subdistrict
place-level-community = Community
place-level-estate = Estate
place-level-building = Building
place-level-entrance = Entrance
place-level-flat = Household

# Pages of places
places-title = Places
places-lead = Go down from the city to your community, or look for a name.
places-none = No places yet
places-none-hint = Places appear here once their codes have been imported.
place-search = Find a place
place-search-hint = A name, its pinyin or its initials: 龙泽苑, longzeyuan, lzy.
place-found = { $n ->
        [one] { $n } place found.
       *[other] { $n } places found.
    }
place-found-more = There are more. Type a little more, or put the subdistrict’s name before it.
place-none-found = No such place found
place-none-found-hint = Try another spelling, or go down from the city.
place-below = Places in it
place-below-none = It is not divided further.
place-former = No longer there
place-ended = Ended on { $day }
place-ended-note = What was recorded stays here. Today look at:
place-history = History
place-versions = Names and where it lay
place-version-from = Since
place-version-reason = Reason
place-from = It came from
place-to = What came from it
place-ledger = Its entries in the ledger
place-reason-added = Added
place-reason-imported = Imported with the official codes
place-reason-renamed = Renamed or recoded
place-reason-moved = Moved
place-reason-split = Split
place-reason-merged = Merged

# Entries of the ledger
entry-places-imported = Official codes of places were imported
entry-place-renamed = A place got another name or code
entry-place-moved = A place was moved
entry-place-split = A place was split
entry-places-merged = Places were merged
entry-place-alias-added = A place can be found by another name

# Refusals
refusal-place-closed = { $place } has ended and cannot be changed.
refusal-level-not-below = The level does not fit: a place lies in one of a higher level.
refusal-inside-itself = { $place } cannot lie in itself.
refusal-day-before-version = The day is before { $day }, when the present version began.
refusal-children-left = { $left ->
        [one] { $left } place in it has not been given to a part yet.
       *[other] { $left } places in it have not been given to a part yet.
    }
refusal-not-below = One of the places does not lie in { $place }.
refusal-not-siblings = Only places of one level that lie in the same place can be merged.
refusal-outside-your-place = The file has places outside yours; nothing was written.
refusal-file-unreadable = The file cannot be read; please send it again.
refusal-file-too-long = The file is longer than 200 MB.
refusal-file-too-many-rows = The file has more than a million rows.
refusal-file-no-column = A column is missing; the heading must have code, level, name and parent.
refusal-file-not-csv = This is no CSV file.

# Fields and rows
field-day-to-come = This day is still to come.
field-code-taken = Another place has this code.
field-too-many-parts = At most 20 parts, and only one goes on as the place itself.
field-level-does-not-fit = The level does not fit the digits of the code.
field-level-changed = The level is not the one on record.
field-unknown-level = There is no such level.
field-code-twice = The code stands in the file twice.
field-name-too-long = The name is longer than 80 characters.
field-parent-not-above = The code does not lie below its parent’s.
field-unknown-parent = The parent is neither in the file nor on record.
field-outside-your-place = This place lies outside yours.
field-too-few-cells = The row has too few cells.
field-not-utf8 = The row is not UTF-8; save the file as UTF-8.
