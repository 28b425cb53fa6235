// SPDX-License-Identifier: MIT
#include "engine/resource_walk.h"

#include "snapshot/chunk_reader.h"
#include "snapshot/source.h"

namespace writ {

namespace {

/// Calls back for every resource of the inputs.
class ResourceCallback final : public snapshot::ResourceVisitor {
public:
  explicit ResourceCallback(std::function<void(const snapshot::ResourceRoot&, Arena&)> callback)
      : callback_(std::move(callback)) {}
  void visit(const snapshot::ResourceRoot& root, const snapshot::Place&, Arena& arena) override {
    callback_(root, arena);
  }

private:
  std::function<void(const snapshot::ResourceRoot&, Arena&)> callback_;
};

} // namespace

void for_each_resource(const std::vector<Input>& inputs,
                       const std::function<void(const snapshot::ResourceRoot&, Arena&)>& callback) {
  snapshot::ChunkSource source(inputs);
  snapshot::ChunkReader reader;
  ResourceCallback visitor(callback);
  for (snapshot::Chunk chunk; source.next(chunk); chunk = {}) {
    reader.read(chunk, visitor);
    source.recycle(chunk);
  }
}

} // namespace writ
