// SPDX-License-Identifier: MIT
#include "writ/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace writ {

namespace fs = std::filesystem;

namespace {
Diagnostic unreadable(const std::string& path, const std::string& reason) {
  return Diagnostic(Code::FileUnreadable, {}, "cannot read `" + path + "`: " + reason).at(path);
}
} // namespace

Result<std::string> DiskFiles::read(const std::string& path) const {
  std::error_code ec;
  if (fs::is_directory(path, ec)) return unreadable(path, "it is a folder");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(path, std::strerror(errno ? errno : EIO));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return unreadable(path, "read error");
  return std::move(text).str();
}

Result<std::vector<std::string>> DiskFiles::list(const std::string& folder) const {
  std::error_code ec;
  fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, ec);
  if (ec) return unreadable(folder, ec.message());
  std::vector<std::string> paths;
  for (const fs::recursive_directory_iterator end; it != end; it.increment(ec)) {
    if (ec) return unreadable(folder, ec.message());
    if (it->is_regular_file(ec)) paths.push_back(it->path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

Files::Kind DiskFiles::kind(const std::string& path) const {
  std::error_code ec;
  const fs::file_status status = fs::status(path, ec);
  if (ec || !fs::exists(status)) return Kind::Absent;
  return fs::is_directory(status) ? Kind::Folder : Kind::File;
}

Status DiskFiles::write(const std::string& path, std::string_view contents) {
  auto failed = [&](const std::string& reason) {
    return Diagnostic(Code::FileUnwritable, {}, "cannot write `" + path + "`: " + reason).at(path);
  };
  std::error_code ec;
  const fs::path target(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), ec);
  if (ec) return failed(ec.message());
  // Written beside the target and renamed, so that a reader never sees half a file.
  const std::string temporary = path + ".tmp";
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) return failed(std::strerror(errno ? errno : EIO));
    out.write(contents.data(), static_cast<std::streamsize>(contents.size()));
    if (!out.flush()) return failed("write error");
  }
  fs::rename(temporary, target, ec);
  if (ec) return failed(ec.message());
  return Done{};
}

Result<std::string> MemoryFiles::read(const std::string& path) const {
  auto found = contents.find(path);
  if (found == contents.end()) return unreadable(path, "no such file");
  return found->second;
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& folder) const {
  std::vector<std::string> paths;
  const std::string prefix = folder.empty() || folder.back() == '/' ? folder : folder + "/";
  for (const auto& [path, text] : contents)
    if (path.starts_with(prefix)) paths.push_back(path);
  if (paths.empty()) return unreadable(folder, "no such folder");
  return paths;
}

Files::Kind MemoryFiles::kind(const std::string& path) const {
  if (contents.contains(path)) return Kind::File;
  auto next = contents.lower_bound(path + "/");
  return next != contents.end() && next->first.starts_with(path + "/") ? Kind::Folder : Kind::Absent;
}

Status MemoryFiles::write(const std::string& path, std::string_view text) {
  contents[path] = std::string(text);
  return Done{};
}

} // namespace writ
