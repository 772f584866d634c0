# How a duty stands
clock-green = 时间还够
clock-amber = 快到期了
clock-red = 已经过期
clock-met = 按时办好了
clock-met-late = 办好了，但晚了
clock-paused = 暂停计时

# The calendar of workdays
calendar-holiday = 放假
calendar-makeup-workday = 调休上班
entry-calendar-imported = 登记了一年的节假日安排
refusal-calendar-has-errors = 节假日文件里有 { $n } 处不对，没有导入。第一处：{ $first }
refusal-too-many-years = 一次最多导入 { $limit } 年，请分几次。
field-calendar-too-large = 文件太大了。
field-calendar-not-readable = 文件的格式不对，读不出来。
field-calendar-not-a-day = 这不是一个日期。
field-calendar-twice = 这一天写了两遍。
field-calendar-no-name = 没有写是什么节日，或者写得太长。
field-calendar-both = 这一天既写了放假，又写了上班。
field-calendar-not-on-a-weekend = 调休上班的日子应该是周六或周日。
field-calendar-in-lieu-of-nothing = 这个调休日不在放假的日子里。
field-calendar-year-incomplete = 这一年的放假日子太少，可能没有写全。
field-calendar-empty = 文件里一个日子也没有。

# Jobs
entry-job-retried = 重新办理一项没办成的后台工作
entry-job-discarded = 放弃一项没办成的后台工作
refusal-job-not-found = 没有这项没办成的后台工作，可能已经处理过了。

# Files
refusal-file-empty = 这个文件是空的，请重新选择。
refusal-file-too-large = 文件太大了，最大 { $limit } MB。
refusal-file-kind-unknown = 只能上传照片（JPEG、PNG、WebP）或 PDF 文件。
refusal-file-damaged = 这个文件打不开，可能已经损坏。请换一个再试。
refusal-image-too-large = 照片的尺寸太大了，最多 { $limit } 百万像素。请缩小后再传。
refusal-file-not-found = 没有这个文件。
refusal-file-in-use = 这个文件已经用在别处了。
refusal-files-busy = 正在处理别人的照片，请过一会儿再传。

# Messages
refusal-contact-not-valid = 手机号或邮箱不对，请核对。
refusal-photos-only = 这里只收照片（JPEG、PNG、WebP），不收文件。请拍下来再传。
refusal-files-unattached = 您传上来还没用上的文件太多了（最多 { $limit } 个）。先把手上的表交了，或者过一天再传。
