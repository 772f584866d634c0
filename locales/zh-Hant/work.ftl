# How a duty stands
clock-green = 時間還夠
clock-amber = 快到期了
clock-red = 已經過期
clock-met = 按時辦好了
clock-met-late = 辦好了，但晚了
clock-paused = 暫停計時

# The calendar of workdays
calendar-holiday = 放假
calendar-makeup-workday = 調休上班
entry-calendar-imported = 登記了一年的節假日安排
refusal-calendar-has-errors = 節假日檔案裡有 { $n } 處不對，沒有匯入。第一處：{ $first }
refusal-too-many-years = 一次最多匯入 { $limit } 年，請分幾次。
field-calendar-too-large = 檔案太大了。
field-calendar-not-readable = 檔案的格式不對，讀不出來。
field-calendar-not-a-day = 這不是一個日期。
field-calendar-twice = 這一天寫了兩遍。
field-calendar-no-name = 沒有寫是什麼節日，或者寫得太長。
field-calendar-both = 這一天既寫了放假，又寫了上班。
field-calendar-not-on-a-weekend = 調休上班的日子應該是週六或週日。
field-calendar-in-lieu-of-nothing = 這個調休日不在放假的日子裡。
field-calendar-year-incomplete = 這一年的放假日子太少，可能沒有寫全。
field-calendar-empty = 檔案裡一個日子也沒有。

# Jobs
entry-job-retried = 重新辦理一項沒辦成的後台工作
entry-job-discarded = 放棄一項沒辦成的後台工作
refusal-job-not-found = 沒有這項沒辦成的後台工作，可能已經處理過了。

# Files
refusal-file-empty = 這個檔案是空的，請重新選擇。
refusal-file-too-large = 檔案太大了，最大 { $limit } MB。
refusal-file-kind-unknown = 只能上傳照片（JPEG、PNG、WebP）或 PDF 檔案。
refusal-file-damaged = 這個檔案打不開，可能已經損壞。請換一個再試。
refusal-image-too-large = 照片的尺寸太大了，最多 { $limit } 百萬像素。請縮小後再傳。
refusal-file-not-found = 沒有這個檔案。
refusal-file-in-use = 這個檔案已經用在別處了。
refusal-files-busy = 正在處理別人的照片，請過一會兒再傳。

# Messages
refusal-contact-not-valid = 手機號碼或信箱不對，請核對。
refusal-photos-only = 這裡只收照片（JPEG、PNG、WebP），不收檔案。請拍下來再傳。
refusal-files-unattached = 您傳上來還沒用上的檔案太多了（最多 { $limit } 個）。先把手上的表交了，或者過一天再傳。
