# Owners' consent on the command line
consent-passed = 결과: 통과
consent-failed = 결과: 통과하지 못함
consent-item = 안건: { $item }
consent-item-rules = 소유자 총회 의사 규칙의 제정과 개정
consent-item-covenant = 관리 규약의 제정과 개정
consent-item-elect-committee = 소유자 위원회 선출 또는 위원 교체
consent-item-hire-firm = 관리 업체의 선임과 해임
consent-item-use-fund = 수선 적립금 사용
consent-item-raise-fund = 수선 적립금 조성
consent-item-rebuild = 개축과 재건축
consent-item-change-use = 공용 부분의 용도 변경 또는 영업 이용
consent-item-other = 그 밖의 중대한 사항
consent-rule = 규칙: { $rule }, { $on } 당일의 법률에 따름
consent-source = 근거: { $source }
consent-asked = 표결권: { $units }세대, { $area } m², 소유자 { $heads }명
consent-scope = 다음 동만 셈: { $buildings }

# Why
consent-reason-passed = 참여한 소유자가 충분하고 그 가운데 동의도 충분합니다. 면적과 인원 모두 기준에 이르렀습니다.
consent-reason-passed-of-all = 동의한 소유자가 충분합니다. 면적과 인원 모두 기준에 이르렀습니다.
consent-reason-participation-area-short = 표결에 참여한 면적이 모자랍니다. 전체 { $of } m² 중 { $part } m²가 참여했고 { $missing } m²가 더 필요합니다.
consent-reason-participation-heads-short = 표결에 참여한 인원이 모자랍니다. 전체 { $of }명 중 { $part }명이 참여했고 { $missing }명이 더 필요합니다.
consent-reason-approval-area-short = 동의한 면적이 모자랍니다. 참여한 { $of } m² 중 { $part } m²가 동의했고 그 가운데 { $missing } m²가 더 필요합니다.
consent-reason-approval-heads-short = 동의한 인원이 모자랍니다. 참여한 { $of }명 중 { $part }명이 동의했고 그 가운데 { $missing }명이 더 필요합니다.
consent-reason-approval-area-short-of-all = 동의한 면적이 모자랍니다. 전체 { $of } m² 중 { $part } m²가 동의했고 { $missing } m²가 더 필요합니다.
consent-reason-approval-heads-short-of-all = 동의한 인원이 모자랍니다. 전체 { $of }명 중 { $part }명이 동의했고 { $missing }명이 더 필요합니다.

# The gates, to be followed with pencil and paper
consent-gates = 하나씩 계산하면:
consent-gate-participation-area = 참여한 면적 { $part } m², 전체 { $of } m².
consent-gate-participation-heads = 참여한 소유자 { $part }명, 전체 { $of }명.
consent-gate-approval-area = 동의한 면적 { $part } m², 참여한 면적 { $of } m².
consent-gate-approval-heads = 동의한 소유자 { $part }명, 참여한 소유자 { $of }명.
consent-gate-approval-area-of-all = 동의한 면적 { $part } m², 전체 { $of } m².
consent-gate-approval-heads-of-all = 동의한 소유자 { $part }명, 전체 { $of }명.
consent-check-at-least-met = { $num }/{ $den } 이상이어야 합니다. { $part } × { $den } = { $left }, { $of } × { $num } = { $right }. 앞이 뒤보다 작지 않으므로 충족합니다.
consent-check-at-least-short = { $num }/{ $den } 이상이어야 합니다. { $part } × { $den } = { $left }, { $of } × { $num } = { $right }. 앞이 뒤보다 작으므로 충족하지 못합니다.
consent-check-more-met = { $num }/{ $den }을 넘어야 합니다. { $part } × { $den } = { $left }, { $of } × { $num } = { $right }. 앞이 뒤보다 크므로 충족합니다.
consent-check-more-short = { $num }/{ $den }을 넘어야 합니다. { $part } × { $den } = { $left }, { $of } × { $num } = { $right }. 앞이 뒤보다 크지 않으므로 충족하지 못합니다.
consent-no-participation = 당시 법률은 전체 소유자 중 동의만 봅니다. 참여한 수는 결과에 영향을 주지 않습니다.

# What was cast
consent-cast = 투표 내용:
consent-cast-agree = 동의: { $units }세대, { $area } m², { $heads }명
consent-cast-disagree = 반대: { $units }세대, { $area } m², { $heads }명
consent-cast-abstain = 기권: { $units }세대, { $area } m², { $heads }명
consent-cast-invalid = 무효: { $units }세대, { $area } m², { $heads }명
consent-cast-mixed = 여러 세대의 의견이 서로 다른 소유자: { $heads }명. 참여로 세고 동의로는 세지 않습니다
consent-cast-silent = 투표하지 않음: { $units }세대, { $area } m², { $heads }명
consent-buildings = 동별:
consent-building = { $building }: 참여 { $part } m²({ $share }), { $heads }명. 동의 { $agree } m², { $agreed }명. 전체 { $area } m², { $all }명

# What somebody should look at
consent-notes = 확인해 주세요({ $n }건):
consent-notes-more = { $n }건이 더 있습니다. --json 으로 볼 수 있습니다.
consent-note-contradicting = { $unit }: 표의 의견이 서로 달라 무효표 하나로 셉니다
consent-note-repeated = { $unit }: 표의 의견이 같아 하나로 셉니다
consent-note-owner-missing = { $unit }: 분양되었지만 소유자가 적혀 있지 않아 한 명으로 셉니다
consent-note-developer-among-owners = { $unit }: 소유자가 미분양 세대의 이름과 같아 따로 한 명으로 셉니다
consent-note-not-on-roll = { $unit }({ $line }행): 명부에 없어 세지 않습니다
consent-note-channel-not-allowed = { $unit }({ $line }행): 규칙이 인정하지 않는 투표 방식이라 세지 않습니다
consent-note-without-instruction = { $unit }({ $line }행): 대리인에게 서면 위임이 없어 세지 않습니다

# What is posted
consent-sheet = 게시할 표(호수와 면적만):
consent-sheet-floor = { $building }, { $floor }층
consent-sheet-agree = { $unit }  { $area } m²  동의
consent-sheet-disagree = { $unit }  { $area } m²  반대
consent-sheet-abstain = { $unit }  { $area } m²  기권
consent-sheet-invalid = { $unit }  { $area } m²  무효
consent-sheet-silent = { $unit }  { $area } m²  투표하지 않음
