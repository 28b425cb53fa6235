// SPDX-License-Identifier: MIT
// Compiled for AVX2 where the compiler can. Nothing of the standard library is included: an inline function
// that the linker took from here would not run elsewhere.
#include "cache/digest_avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace writ::cache {

RawDigest digest_with_avx2(const char* bytes, unsigned long long size, const char* secret,
                           unsigned long long secret_size) {
  const XXH128_hash_t hash = XXH3_128bits_withSecret(bytes, size, secret, secret_size);
  return {hash.low64, hash.high64};
}

} // namespace writ::cache
