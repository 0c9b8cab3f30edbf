;; The CRC-64/XZ kernel: long division by a sparse multiple of the polynomial, 16 bytes a step; crc64_sparse.ts tells why it
;; is right. Memory: zeros, from 150 the state (2794 bytes), from 2944 the window (57344 bytes and what the last steps overrun).
;; `repeat` is our own: it writes instructions out so many times.
;; After a change: node test/structure/crc64_module.mjs --write
(module
  (memory (export "m") 1)
  ;; Sums up $length bytes (at least 1) of the window in their place: to each, the bytes 126, 1604, 1917, 1967, 1990, 2641 and
  ;; 2794 before it. The last 2794 bytes before the window's new end become the state.
  (func (export "f") (param $length i32) (local $at i32)
    ;; What stands 1917 before the last five steps: 1967 and 1990 before are two pieces of it each, so they cost no load. That,
    ;; and six steps a round, in which the moves below cost nothing, makes it a tenth faster; in Deno, which checks the bounds
    ;; of each load, a fifth.
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128)
    local.get $at
    v128.load offset=947
    local.set $a
    local.get $at
    v128.load offset=963
    local.set $b
    local.get $at
    v128.load offset=979
    local.set $c
    local.get $at
    v128.load offset=995
    local.set $d
    local.get $at
    v128.load offset=1011
    local.set $e
    loop $next
      (repeat 6
        local.get $at
        local.get $at
        v128.load offset=2944
        local.get $a
        local.get $b
        i8x16.shuffle 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22
        v128.xor
        local.get $b
        local.set $a
        local.get $b
        local.get $c
        i8x16.shuffle 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29
        v128.xor
        local.get $c
        local.set $b
        local.get $d
        local.set $c
        local.get $e
        local.set $d
        local.get $at
        v128.load offset=1027
        local.tee $e
        v128.xor
        local.get $at
        v128.load offset=2818
        v128.xor
        local.get $at
        v128.load offset=1340
        v128.xor
        local.get $at
        v128.load offset=303
        v128.xor
        local.get $at
        v128.load offset=150
        v128.xor
        v128.store offset=2944
        local.get $at
        i32.const 16
        i32.add
        local.set $at)
      local.get $at
      local.get $length
      i32.lt_u
      br_if $next
    end
    i32.const 150
    local.get $length
    i32.const 150
    i32.add
    i32.const 2794
    memory.copy))
