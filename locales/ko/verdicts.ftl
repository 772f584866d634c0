# The register
verdicts-title = 판정
verdicts-lead = 어떤 규칙과 자료로 어떤 결과가 나왔는지 모두 여기에 있으며, 누구나 다시 계산할 수 있습니다.
verdicts-none = 아직 판정이 없습니다
verdicts-none-hint = 개표하거나 공고가 끝나면 여기에 올라옵니다.
verdict-field-kind = 종류
verdict-kind-season-result = 시즌 투표 결과
verdict-kind-notice-minimum = 공고 기간 충족 여부
verdict-passed = 통과
verdict-not-passed = 통과하지 못함
verdict-decided = 결정됨
verdict-rule-of = { $rule } ({ $set })
verdict-outcome-title = 결과
verdict-parameters-title = 규칙의 값
verdict-subject-title = 무엇에 관한 것인지
verdict-subject-link = 보러 가기
verdict-check-title = 직접 계산하기
verdict-check-export = 기록을 폴더로 내보냅니다.
verdict-check-verify = 자기 컴퓨터에서 확인합니다. 모든 기록을 검사하고 모든 투표를 다시 셉니다.
verdict-check-compare = 나온 결과를 위와 비교하세요. 입력 자료의 지문도 같아야 합니다.
verdict-entry-link = 기록의 이 항목
verdict-ledger-link = 이 일의 모든 기록
verdict-api = 데이터 (JSON)

# Why
verdict-explained-notice-minimum-met = { $from }에 붙였습니다. 최소 { $least }일인데 { $days }일로 정해 { $until }까지 두었고 { $ended }에 끝냈습니다. 이의 { $objections }건에 모두 답변했습니다.
verdict-explained-season-result = 투표 { $ballots }장으로 계산해 { $projects }개 가운데 { $winners }개를 뽑았습니다. 각각의 이유는 결과 페이지에 있습니다.

# Members of parameters and outcomes
verdict-member-kind = 종류
verdict-member-law = 근거
verdict-member-least = 최소 일수
verdict-member-counted = 세는 방법
verdict-member-from = 게시일
verdict-member-until = 마지막 날
verdict-member-ended = 종료일
verdict-member-days = 일수
verdict-member-version = 판
verdict-member-objections = 이의
verdict-member-chosen = 뽑힌 수
verdict-member-winners = 뽑힌 프로젝트
verdict-member-budget = 예산(최소 단위)
verdict-member-total-cost = 뽑힌 프로젝트 비용(최소 단위)
verdict-member-ballots = 투표지
verdict-member-voters = 명부 인원
verdict-member-increment = 증가 단위(최소 단위)
verdict-member-max-choices = 투표지당 최대 선택

# What was refused, and the entry of the log
refusal-verdict-not-found = 그런 판정이 없습니다.
refusal-inputs-too-long = 입력 자료가 너무 깁니다. 최대 { $limit }바이트입니다.
field-not-an-object = JSON 객체여야 합니다.
entry-verdict-recorded = 판정을 기록했습니다
verdict-member-apportionment-total = 분담 총액
verdict-member-apportionment-sum = 세대 합계
verdict-member-apportionment-flats = 세대 수
verdict-member-apportionment-area = 면적 합계
verdict-member-apportionment-developer = 시행사 부담
verdict-member-apportionment-rule = 끝자리 처리
verdict-value-apportionment-total = { $money }
verdict-value-apportionment-sum = { $money }
verdict-value-apportionment-developer = { $money }
verdict-value-apportionment-area = { $hundredths }제곱미터
verdict-value-apportionment-rule-largest = 나머지가 큰 세대부터 1분씩
verdict-value-apportionment-rule-one = 지정한 한 세대가 모두
verdict-value-midterm-outcome-passed = 통과
verdict-value-midterm-outcome-failed = 불통과
verdict-value-midterm-outcome-rectify = 기한 내 보완
