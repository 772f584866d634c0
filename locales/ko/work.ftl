# How a duty stands
clock-green = 시간이 있습니다
clock-amber = 기한이 다가옵니다
clock-red = 기한이 지났습니다
clock-met = 기한 안에 마쳤습니다
clock-met-late = 마쳤지만 늦었습니다
clock-paused = 기한 계산이 멈춰 있습니다

# The calendar of workdays
calendar-holiday = 휴일
calendar-makeup-workday = 대체 근무일
entry-calendar-imported = 한 해의 휴일 일정을 등록했습니다
refusal-calendar-has-errors = 휴일 파일에 잘못된 곳이 { $n }군데 있어 가져오지 않았습니다. 첫 번째: { $first }
refusal-too-many-years = 한 번에 { $limit }년까지 가져올 수 있습니다. 나누어 가져와 주세요.
field-calendar-too-large = 파일이 너무 큽니다.
field-calendar-not-readable = 파일 형식이 맞지 않아 읽을 수 없습니다.
field-calendar-not-a-day = 날짜가 아닙니다.
field-calendar-twice = 같은 날이 두 번 적혀 있습니다.
field-calendar-no-name = 무슨 날인지 적혀 있지 않거나 너무 깁니다.
field-calendar-both = 휴일과 근무일로 모두 적혀 있는 날입니다.
field-calendar-not-on-a-weekend = 대체 근무일은 토요일이나 일요일이어야 합니다.
field-calendar-in-lieu-of-nothing = 이 대체 휴일이 휴일 목록에 없습니다.
field-calendar-year-incomplete = 이 해의 휴일이 너무 적습니다. 빠진 날이 있는 것 같습니다.
field-calendar-empty = 파일에 날짜가 하나도 없습니다.

# Jobs
entry-job-retried = 실패한 백그라운드 작업을 다시 시작했습니다
entry-job-discarded = 실패한 백그라운드 작업을 포기했습니다
refusal-job-not-found = 이런 실패한 작업이 없습니다. 이미 처리되었을 수 있습니다.

# Files
refusal-file-empty = 빈 파일입니다. 다시 골라 주세요.
refusal-file-too-large = 파일이 너무 큽니다. 최대 { $limit } MB까지 올릴 수 있습니다.
refusal-file-kind-unknown = 사진(JPEG, PNG, WebP)이나 PDF 파일만 올릴 수 있습니다.
refusal-file-damaged = 파일을 열 수 없습니다. 손상된 것 같습니다. 다른 파일로 다시 해 주세요.
refusal-image-too-large = 사진이 너무 큽니다. 최대 { $limit }백만 화소까지입니다. 줄여서 다시 올려 주세요.
refusal-file-not-found = 이런 파일은 없습니다.
refusal-file-in-use = 이미 다른 곳에 쓰인 파일입니다.
refusal-files-busy = 다른 분의 사진을 처리하고 있습니다. 잠시 뒤 다시 올려 주세요.

# Messages
refusal-contact-not-valid = 전화번호나 이메일이 맞지 않습니다. 확인해 주세요.
refusal-photos-only = 여기에는 사진(JPEG, PNG, WebP)만 올릴 수 있습니다. 사진으로 찍어 올려 주세요.
refusal-files-unattached = 올려 두고 아직 쓰지 않은 파일이 너무 많습니다(최대 { $limit }개). 작성 중인 양식을 먼저 내시거나 하루 뒤에 다시 올려 주세요.
