; Pairs.

("(" @open ")" @close)
("[" @open "]" @close)
("{" @open "}" @close)
(string_literal . "\"" @open "\"" @close .)
(predicate . "/" @open "/" @close .)
