;; The CRC-64/XZ kernel: long division by a sparse multiple of the polynomial, 16 bytes a step; crc64_sparse.ts tells why it
;; is right. Memory: zeros, from 2838 the state (2794 bytes), from 5632 the window (57344 bytes and what a last step overruns).
;; After a change: node test/structure/crc64_module.mjs --write
(module
  (memory (export "m") 1)
  ;; Writes $length bytes (at least 1) to the window: those that stand 2794 above $from, each summed with the bytes 126, 1604,
  ;; 1917, 1967, 1990, 2641 and 2794 before it. The last 2794 bytes before the window's new end become the state.
  (func (export "f") (param $from i32) (param $length i32) (local $at i32)
    loop $next
      local.get $at
      local.get $from
      v128.load offset=2794
      local.get $from
      v128.load offset=2668
      v128.xor
      local.get $from
      v128.load offset=1190
      v128.xor
      local.get $from
      v128.load offset=877
      v128.xor
      local.get $from
      v128.load offset=827
      v128.xor
      local.get $from
      v128.load offset=804
      v128.xor
      local.get $from
      v128.load offset=153
      v128.xor
      local.get $from
      v128.load offset=0
      v128.xor
      v128.store offset=5632
      local.get $from
      i32.const 16
      i32.add
      local.set $from
      local.get $at
      i32.const 16
      i32.add
      local.tee $at
      local.get $length
      i32.lt_u
      br_if $next
    end
    i32.const 2838
    local.get $length
    i32.const 2838
    i32.add
    i32.const 2794
    memory.copy))
