// SPDX-License-Identifier: MIT
#include "cache/digest.h"

#include "cache/digest_avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdio>
#include <cstring>
#include <random>

namespace writ::cache {

namespace {
Digest of(const XXH128_hash_t& hash) { return {hash.low64, hash.high64}; }
} // namespace

std::string to_hex(const Digest& digest) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(digest.high),
                static_cast<unsigned long long>(digest.low));
  return text.data();
}

Digest digest_of(std::string_view bytes) { return of(XXH3_128bits(bytes.data(), bytes.size())); }

std::uint64_t checksum_of(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Secret make_secret() {
  static_assert(kSecretBytes >= XXH3_SECRET_SIZE_MIN);
  Secret secret;
  std::random_device random;
  for (std::size_t at = 0; at < secret.size(); at += sizeof(unsigned)) {
    const unsigned word = random();
    std::memcpy(secret.data() + at, &word, sizeof word);
  }
  return secret;
}

Digest digest_of(std::string_view bytes, const Secret& secret) {
#if defined(__x86_64__)
  static const bool wide = __builtin_cpu_supports("avx2") != 0;
  if (wide) {
    const RawDigest raw = digest_with_avx2(bytes.data(), bytes.size(), secret.data(), secret.size());
    return {raw.low, raw.high};
  }
#endif
  return of(XXH3_128bits_withSecret(bytes.data(), bytes.size(), secret.data(), secret.size()));
}

struct DigestStream::State {
  XXH3_state_t* xxh = XXH3_createState();
  ~State() { XXH3_freeState(xxh); }
};

DigestStream::DigestStream() : state_(std::make_unique<State>()) { XXH3_128bits_reset(state_->xxh); }
DigestStream::~DigestStream() = default;
DigestStream::DigestStream(DigestStream&&) noexcept = default;
DigestStream& DigestStream::operator=(DigestStream&&) noexcept = default;

void DigestStream::add(std::string_view bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}
void DigestStream::add_number(std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  add({bytes, sizeof bytes});
}
void DigestStream::add_text(std::string_view text) {
  add_number(text.size());
  add(text);
}
Digest DigestStream::digest() const { return of(XXH3_128bits_digest(state_->xxh)); }

} // namespace writ::cache
