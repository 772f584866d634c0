//! Participatory-budgeting counts, exact: greedy, equal shares, completions; Pabulib files; explanations.
