# The tree of places
place-label = 장소
place-all = 모든 장소
place-choose = 사구(社区)를 선택해 주세요
place-code = 행정 구역 코드
place-code-local = (임시)
place-level-province = 성·직할시
place-level-city = 시
place-level-district = 구·현
place-level-subdistrict = 가도(街道)·향진
place-level-community = 사구(社区)·촌
place-level-estate = 단지
place-level-building = 건물
place-level-entrance = 현관 구역
place-level-flat = 세대

# Pages of places
places-title = 장소
places-lead = 시에서 사구(社区)까지 한 단계씩 내려가며 찾거나, 이름으로 바로 찾으실 수 있습니다.
places-none = 등록된 장소가 아직 없습니다
places-none-hint = 행정 구역 코드를 가져오면 여기에 표시됩니다.
place-search = 장소 찾기
place-search-hint = 이름, 병음, 병음 첫 글자로 찾을 수 있습니다. 예: 龙泽苑, longzeyuan, lzy
place-found = 장소 { $n }곳을 찾았습니다.
place-found-more = 더 있습니다. 몇 글자 더 쓰시거나 앞에 가도(街道) 이름을 붙이시면 정확해집니다.
place-none-found = 해당하는 장소를 찾지 못했습니다
place-none-found-hint = 다르게 써 보시거나 시·구에서부터 내려가며 찾아 주세요.
place-below = 이 안의 장소
place-below-none = 더 나뉘어 있지 않습니다.
place-former = 폐지·통합된 곳
place-ended = { $day } 폐지
place-ended-note = 지난 기록은 여기에 그대로 남아 있습니다. 지금은 다음 장소를 보세요.
place-history = 연혁
place-versions = 이름과 소속의 변화
place-version-from = 시작
place-version-reason = 사유
place-from = 이전 장소
place-to = 여기서 나온 장소
place-ledger = 장부의 기록
place-reason-added = 등록
place-reason-imported = 행정 구역 코드와 함께 가져옴
place-reason-renamed = 이름이나 코드 변경
place-reason-moved = 소속 변경
place-reason-split = 분할
place-reason-merged = 통합

# Entries of the ledger
entry-places-imported = 행정 구역 코드를 가져왔습니다
entry-place-renamed = 장소의 이름이나 코드가 바뀌었습니다
entry-place-moved = 장소의 소속이 바뀌었습니다
entry-place-split = 장소가 나뉘었습니다
entry-places-merged = 장소들이 통합되었습니다
entry-place-alias-added = 장소에 다른 이름이 추가되었습니다

# Refusals
refusal-place-closed = “{ $place }”은(는) 이미 폐지되어 바꿀 수 없습니다.
refusal-level-not-below = 단계가 맞지 않습니다. 더 높은 단계의 장소 아래에만 둘 수 있습니다.
refusal-inside-itself = “{ $place }”을(를) 자기 자신 아래에 둘 수 없습니다.
refusal-day-before-version = 현재 버전이 시작된 { $day }보다 이른 날짜입니다.
refusal-children-left = 아직 어느 쪽에도 나누지 않은 하위 장소가 { $left }곳 있습니다.
refusal-not-below = “{ $place }” 아래에 있지 않은 장소가 있습니다.
refusal-not-siblings = 같은 단계이고 같은 곳에 속한 장소만 통합할 수 있습니다.
refusal-outside-your-place = 담당하지 않는 장소가 파일에 있어 저장하지 않았습니다.
refusal-file-unreadable = 파일을 읽을 수 없습니다. 다시 보내 주세요.
refusal-file-too-long = 파일이 너무 큽니다. 200MB까지 가능합니다.
refusal-file-too-many-rows = 행이 너무 많습니다. 백만 행까지 가능합니다.
refusal-file-no-column = 머리글에 빠진 열이 있습니다. code, level, name, parent 네 열이 필요합니다.
refusal-file-not-csv = CSV 파일이 아닙니다.

# Fields and rows
field-day-to-come = 아직 오지 않은 날짜입니다.
field-code-taken = 다른 장소가 쓰고 있는 코드입니다.
field-too-many-parts = 최대 20개까지 나눌 수 있고, 기존 장소를 이어받는 쪽은 하나여야 합니다.
field-level-does-not-fit = 단계와 코드 자릿수가 맞지 않습니다.
field-level-changed = 등록된 단계와 다릅니다.
field-unknown-level = 없는 단계입니다.
field-code-twice = 같은 코드가 앞에 이미 있습니다.
field-name-too-long = 이름이 너무 깁니다. 80자까지 가능합니다.
field-parent-not-above = 상위 코드와 맞지 않습니다.
field-unknown-parent = 파일에도 시스템에도 없는 상위 코드입니다.
field-outside-your-place = 담당하지 않는 장소입니다.
field-too-few-cells = 행에 빠진 열이 있습니다.
field-not-utf8 = UTF-8이 아닙니다. UTF-8로 저장해 주세요.
