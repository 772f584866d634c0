# Figures
attendance-title = 참여 현황
attendance-lead = 연인원과 인원은 출석 기록에서 세며, 직접 입력하지 않습니다.
attendance-counting = 연인원은 출석 횟수, 인원은 서로 다른 사람이며 둘을 더하지 않습니다. 추정치는 근거와 함께 따로 두고 인원에 넣지 않습니다.
attendance-events = 행사
attendance-visits = 연인원
attendance-persons = 인원
attendance-unnamed = 누구인지 모르는 방문 { $n }건 별도
attendance-estimated-direct = 추정, 직접 참여
attendance-estimated-indirect = 추정, 간접 참여
attendance-from = 시작일
attendance-until = 종료일

# Rows
attendance-rows-visits = 출석 기록
attendance-rows-estimates = 추정 근거
attendance-none = 이 기간에는 기록이 없습니다
attendance-caption = 한 줄이 한 사람의 한 번 출석입니다
attendance-column-day = 날짜
attendance-column-event = 행사
attendance-column-who = 누구
attendance-column-way = 방법
attendance-column-heads = 연인원
attendance-estimate = 추정
attendance-person = 등록된 주민
attendance-person-ending = 등록 주민, 번호 끝 네 자리 { $end }
attendance-nobody-known = 이름 미상
attendance-way-web = 온라인 입력
attendance-way-qr = QR
attendance-way-paper = 종이 명단
attendance-way-list = 명단
attendance-way-counter = 창구
attendance-way-phone = 전화
attendance-way-visit = 방문
attendance-way-import = 이전 자료
attendance-event-title = 행사 출석
attendance-strike = 이 줄 지우기
attendance-struck = 지움:
attendance-field-reason = 이유
attendance-field-reason-hint = 세지 않지만 기록은 남습니다.
field-in-the-future = 아직 오지 않은 날입니다.
refusal-attendance-not-found = 그런 출석 기록이 없습니다.
refusal-attendance-struck = 이미 지운 기록입니다.

# Entries of the log
entry-attendance-recorded = 출석했습니다
entry-attendance-listed = 출석 명단을 입력했습니다
entry-attendance-estimated = 참여 연인원을 추정했습니다
entry-attendance-struck = 출석 기록을 지웠습니다
field-event-of-another-page = 이런 행사는 전용 페이지가 있습니다. 그곳에서 등록해 주세요
