// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/rule_library.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "compiler/source/file_io.h"

namespace prunec {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".prune";

/// "." for a file in the working folder: an empty path is no folder.
fs::path folder_of(const std::string& file) {
  const fs::path folder = fs::path(file).parent_path();
  return folder.empty() ? "." : folder;
}

fs::path settled(const fs::path& path) {
  return fs::absolute(path).lexically_normal();
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  const fs::path way = settled(path).lexically_relative(settled(folder / ""));
  return !way.empty() && *way.begin() != "..";
}

void add_names(const fs::path& folder, std::vector<std::string>& names) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == kEnding) names.push_back(entry->path().filename().string());
  }
}

}  // namespace

std::variant<std::shared_ptr<const SourceFile>, NotFound> NoLibrary::find(const std::string&, const SourceFile&) const {
  return NotFound{};
}

FolderLibrary::FolderLibrary(const std::string& root_file, std::vector<std::string> installed)
    : root_(folder_of(root_file).string()), installed_(std::move(installed)) {}

std::variant<std::shared_ptr<const SourceFile>, NotFound> FolderLibrary::find(const std::string& name, const SourceFile& from) const {
  if (name.empty() || fs::path(name).is_absolute()) {
    return NotFound{name.empty() ? NotFound::Reason::kMissing : NotFound::Reason::kEscapes, ""};
  }
  std::vector<std::string> spellings = {name};
  if (!name.ends_with(kEnding)) spellings.push_back(name + kEnding);
  std::vector<fs::path> folders = {folder_of(from.path())};
  folders.insert(folders.end(), installed_.begin(), installed_.end());

  bool escapes = true;
  std::optional<NotFound> unreadable;
  for (const fs::path& folder : folders) {
    for (const std::string& spelling : spellings) {
      const fs::path path = (folder / spelling).lexically_normal();
      const bool allowed = lies_below(path, root_) || std::any_of(installed_.begin(), installed_.end(),
                                                                  [&](const std::string& root) { return lies_below(path, root); });
      if (!allowed) continue;
      escapes = false;
      auto file = read_file(path.string());
      if (auto* bytes = std::get_if<std::string>(&file)) return std::make_shared<const SourceFile>(path.string(), std::move(*bytes));
      const auto& error = std::get<IoError>(file);
      if (!error.missing && !unreadable) unreadable = NotFound{NotFound::Reason::kUnreadable, error.reason};
    }
  }
  if (unreadable) return *unreadable;
  NotFound missing{escapes ? NotFound::Reason::kEscapes : NotFound::Reason::kMissing, ""};
  for (const fs::path& folder : folders) add_names(folder, missing.known);
  return missing;
}

}  // namespace prunec
