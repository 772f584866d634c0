# A result and its reasons
result-title = 투표 결과와 그 이유
result-summary = 참가 프로젝트: { $projects }개, 선정: { $winners }개, 총예산: { $budget }, 사용: { $spent }.
result-winners = 선정된 프로젝트
result-losers = 선정되지 않은 프로젝트
result-chosen = 선정
result-not-chosen = 미선정
result-step = { $n }번째로 선정되었습니다.
result-step-left = { $n }번째로 선정되었습니다. 선정 뒤 남은 예산: { $left }.
result-supporters = { $n }명 지지
result-votes-cost = { $votes }표 · { $cost }
result-pending = 결과가 아직 공개되지 않았습니다. 투표가 끝나고 확인을 마치면 여기에 게시합니다.
result-why = 왜 이런 결과인가
step-price = 지지자들이 비용을 함께 냅니다. 한 사람당 최대 금액: { $price }.

# Why a project was not chosen
lost-no-supporters = 지지한 사람이 없습니다.
lost-over-budget = 이 프로젝트 하나가 총예산을 넘습니다. 필요: { $cost }, 총예산: { $budget }.
lost-costs-nothing = 비용이 들지 않습니다. 이 규칙은 돈을 나누는 것이어서 선정하지 않습니다. 예산 없이도 할 수 있습니다.
lost-does-not-fit = 차례가 왔을 때 남은 예산: { $left }, 필요: { $cost }, 부족: { $missing }.
lost-turn-not-reached = 차례가 오기 전에 집계가 끝났습니다. 그때 남은 돈: { $left }. 앞선 프로젝트가 그 안에 들어가지 않았습니다. 이 프로젝트의 비용: { $cost }.
lost-supporters-short = 지지자들에게 함께 남은 몫: { $had }, 필요: { $cost }, 부족: { $missing }.
lost-given = 지지자들이 처음에 함께 받은 몫: { $given }.
lost-spent = “{ $project }”에 쓴 금액: { $amount }.
lost-spent-others = 그 밖의 프로젝트 { $n }개에 쓴 금액: { $amount }.
whatif-both = 지지자가 { $n }명 더 있거나 비용이 { $cost } 이내였다면 선정되었을 것입니다.
whatif-supporters = 지지자가 { $n }명 더 있었다면 선정되었을 것입니다.
whatif-cost = 비용이 { $cost } 이내였다면 선정되었을 것입니다.

# Turnout
turnout-title = 투표한 사람
turnout-line = 명부 인원: { $roll }명, 투표: { $voters }명, 투표율: { $percent }.
turnout-ballots = 모두 { $n }장의 표가 들어왔습니다.
turnout-label = 투표율

# Rules, in plain words: the rule's code after "rule-"
rule-title = 어떤 규칙으로 셌나
rule-greedy-cost = 득표순
rule-greedy-cost-plain = 표가 많은 프로젝트부터 봅니다. 남은 돈이 충분하면 선정하고, 모자라면 건너뛰어 다음을 봅니다.
rule-mes-cost = 균등 몫 방식
rule-mes-cost-plain = 총예산을 투표한 사람 모두에게 똑같이 나누고, 각자의 몫은 자기가 지지한 프로젝트에만 쓸 수 있습니다. 지지자들이 함께 비용을 낼 수 있으면 선정되며, 한 사람의 부담이 적은 것부터 선정합니다.
rule-mes-add1u-cost-cost = 균등 몫 방식(몫을 조금씩 늘리고 남은 돈은 득표순)
rule-mes-add1u-cost-cost-plain = 먼저 균등 몫 방식으로 셉니다. 돈이 남으면 모두의 몫을 조금씩 늘려 다시 세고, 선정된 프로젝트가 총예산을 넘지 않는 동안 되풀이합니다. 마지막에 남은 돈은 표가 많은 순서로 들어갈 수 있는 프로젝트에 씁니다.
phase-greedy = 득표순으로 선정
phase-equal-shares = 지지자들의 몫으로 선정
phase-completion = 남은 돈으로 추가 선정
phase-phragmen = 지지자의 부담이 가장 가벼워 선정
verdict-title = 이 결과의 근거
verdict-explain = 규칙과 표, 결과가 모두 공개 장부에 있습니다. 누구나 다시 셀 수 있습니다.
verdict-recount = 직접 다시 세어 보기
verdict-inputs = 표의 지문
secret-note = 몇 명이 지지했는지만 공개하며, 누구인지는 공개하지 않습니다.

# The ballot
vote-title = 투표
vote-hint = 여러 프로젝트를 고를 수 있습니다. 최대 { $limit }개
vote-send = 투표하기
vote-thanks = 투표가 접수되었습니다. 고맙습니다
vote-receipt = 접수증을 보관해 주세요. 공개된 표 가운데서 자신의 표를 찾을 수 있습니다.
vote-not-open = 지금은 투표 기간이 아닙니다.

# How the count ended: the outcome's code after "stop-"
stop-title = 왜 여기에서 끝났나
stop-exhaustive = 남은 돈으로는 지지자가 있는 다른 프로젝트를 하나도 할 수 없습니다.
stop-infeasible = 몫을 조금만 더 늘려도 선정된 프로젝트가 총예산을 넘게 되어 여기에서 멈춥니다.
stop-once = 규칙에 따라 한 번만 세며, 지지자들이 비용을 낼 수 있는 프로젝트가 없을 때 끝납니다.
stop-end-of-list = 모든 프로젝트를 살펴보았습니다.
stop-would-exceed = 다음 프로젝트나 그와 동률인 프로젝트가 남은 돈보다 비쌉니다. 이 규칙은 여기서 끝납니다.
stop-no-ballots = 들어온 표가 없습니다.
share-each = 한 사람에게 마지막으로 돌아간 몫: { $amount }.
share-runs = 몫을 { $n }번 바꾸어 가며 세었습니다.

# The page of a result
result-not-yet = 아직 결과가 없습니다
result-bar-note = 막대가 길수록 전체 투표지 중 지지한 비율이 큽니다. 빗금은 선정되지 않은 것입니다.
phase-line = 선정된 방식: { $phase }.
project-share = 전체 투표지 중
project-why-won = 선정된 이유
project-why-lost = 선정되지 않은 이유
lost-shares-short = 지지자들에게 남은 몫을 합해도 모자랐습니다.
lost-spent-rest = 그 밖의 선정 프로젝트에 쓰인 돈: { $amount }.
lost-label-needed = 필요한 돈
lost-label-given = 지지자들이 받은 몫
lost-label-had = 모자라게 된 때 남은 몫
lost-label-missing = 모자란 돈
lost-from-the-start = 지지자들의 몫을 모두 합해도 처음부터 모자랐습니다.
lost-second-chance = 나중에 남은 돈으로 더 고를 때에도 차례가 왔을 때 남은 돈은 { $left }뿐이어서 모자랐습니다.
lost-shares-title = 지지자들의 몫
whatif-title = 어떻게 하면 선정되었을까요
whatif-note = 다른 것은 그대로 두고 이것만 바꾸어 다시 집계한 결과입니다.
verdict-rule-set = 규칙 판: { $name }
verdict-entry = 결과를 공개한 장부 기록
verdict-step-export = 이 사이트를 운영하는 곳이 아래 명령으로 자료를 내보냅니다. 개인 정보가 없으므로 누구나 받을 수 있습니다.
verdict-step-key = 여기에서 장부의 공개 키를 받아 key.txt로 저장합니다.
verdict-step-verify = 자기 컴퓨터에서 아래 명령을 실행하면 투표지부터 다시 계산합니다. 네트워크는 필요 없습니다.
secrecy-title = 투표의 비밀을 지키는 방법
secrecy-public = 몇 명이 지지했는지만 공개하고 누구인지는 공개하지 않습니다. 투표지에는 무작위 번호만 있고 시각도 이름도 없으며, 명부에는 투표했다는 사실만 남습니다.
secrecy-operator = 분명히 말씀드립니다. 투표가 진행되는 동안 데이터베이스를 직접 볼 수 있는 사람은 누가 투표했는지와 들어온 표를 볼 수 있고, 기술이 있으면 둘을 맞추어 볼 수도 있습니다. 마감한 뒤에는 명부와 표를 각각 다시 배열하므로 데이터베이스에 그 관계가 남지 않습니다. 다만 투표 중에 따로 만든 백업에는 남아 있을 수 있습니다.
own-projects-title = 제안하신 프로젝트
own-projects-note = 심사와 투표 결과, 그리고 그 이유는 프로젝트마다 그 쪽에 적혀 있습니다.
project-own = 제안하신 프로젝트입니다. 결과가 정해지면 어떻게, 왜 그렇게 되었는지 이 쪽에 적힙니다.
project-review-title = 심사 결과
project-review = 심사 { $rank }위, { $points }점입니다.
project-review-sheets = 평가표와 점수가 나온 과정 보기
project-way-proposal = 이 사업의 제안서 보기
project-way-money = 이 사업의 돈이 어떻게 쓰이는지

# 페이지 밖에서: linli tally --explain
tally-rule = 규칙: { $rule }
tally-points = 모두 { $points }점을 받았습니다.
tally-money = 지지자들이 함께 가진 돈, 처음과 선정이 있을 때마다: { $list }.
tally-price-point = 지지자들이 비용을 함께 냅니다. 준 점수 1점당 최대 금액: { $price }.
tally-load = 그 뒤 지지자마다 지는 부담: { $load }.
tally-whatif-none = 다시 세어 보았지만, 시도한 만큼의 추가 지지자나 더 낮은 비용으로는 선정되지 않았습니다.
verdict-recount-here = 이 결과는 판정으로 등록되어 있습니다. 그 페이지에서 누르면 서버가 다시 계산하고, 모든 표를 받아 직접 셀 수도 있습니다.
verdict-recount-go = 이 결과 다시 계산하기
lost-spent-lead = 지지자들이 처음에 함께 받은 몫은 { $given }이고, 그중 먼저 선정된 프로젝트에 쓴 금액은 { $spent }입니다:
lost-turn-last = 지지한 사람이 없어 순서가 마지막인데, 차례가 오기 전에 집계가 끝났습니다. 그때 남은 돈: { $left }. 앞선 프로젝트 하나가 그 안에 들어가지 않았고, 이 규칙은 거기서 끝납니다.
whatif-both-exactly = 지지자가 { $n }명 더 있거나 비용이 정확히 { $cost }였다면 선정되었을 것입니다. 다른 금액을 모두 시도하지는 않았습니다.
whatif-cost-exactly = 비용이 정확히 { $cost }였다면 선정되었을 것입니다. 다른 금액을 모두 시도하지는 않았습니다.
whatif-fewer = 더 적은 수를 모두 시도하지는 않았으므로 더 적어도 충분할 수 있습니다.
whatif-effort = 이 탐색에 정해 둔 집계 횟수를 다 써서 더 시도하지 않았습니다.
phase-greedy-card = 비용당 득표순으로 선정
phase-greedy-cost-sqrt = 득표를 비용의 제곱근으로 나눈 값의 순서로 선정
phase-greedy-addcard = 비용당 점수순으로 선정
phase-greedy-borda = 비용당 순위 점수순으로 선정
tally-order-cost = 득표순으로 봅니다. 남은 돈에 들어가지 않는 프로젝트는 건너뜁니다.
tally-order-card = 득표를 비용으로 나눈 값의 순서로 봅니다. 남은 돈에 들어가지 않는 프로젝트는 건너뜁니다.
tally-order-cost-sqrt = 득표를 비용의 제곱근으로 나눈 값의 순서로 봅니다. 남은 돈에 들어가지 않는 프로젝트는 건너뜁니다.
tally-order-addcard = 점수를 비용으로 나눈 값의 순서로 봅니다. 남은 돈에 들어가지 않는 프로젝트는 건너뜁니다.
tally-order-borda = 순위 점수(한 표에서 그 뒤에 놓인 프로젝트마다 1점)를 비용으로 나눈 값의 순서로 봅니다. 남은 돈에 들어가지 않는 프로젝트는 건너뜁니다.
tally-fill-cost = 균등 몫 방식으로 세고 남은 돈은 득표순으로 들어갈 수 있는 프로젝트에 씁니다.
tally-fill-card = 균등 몫 방식으로 세고 남은 돈은 득표를 비용으로 나눈 값의 순서로 들어갈 수 있는 프로젝트에 씁니다.
tally-fill-cost-sqrt = 균등 몫 방식으로 세고 남은 돈은 득표를 비용의 제곱근으로 나눈 값의 순서로 들어갈 수 있는 프로젝트에 씁니다.
tally-fill-addcard = 균등 몫 방식으로 세고 남은 돈은 점수를 비용으로 나눈 값의 순서로 들어갈 수 있는 프로젝트에 씁니다.
tally-fill-borda = 균등 몫 방식으로 세고 남은 돈은 순위 점수(한 표에서 그 뒤에 놓인 프로젝트마다 1점)를 비용으로 나눈 값의 순서로 들어갈 수 있는 프로젝트에 씁니다.
