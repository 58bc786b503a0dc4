// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/new_file.h"

#include <filesystem>

#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

/// The same file, or the same place where no file is yet.
bool is_same_place(const std::string& a, const std::string& b) {
  std::error_code ignored;
  if (fs::equivalent(a, b, ignored)) return true;
  return fs::weakly_canonical(fs::absolute(a, ignored), ignored) == fs::weakly_canonical(fs::absolute(b, ignored), ignored);
}

Diagnostic at_file(Code code, std::string message, const std::string& path, std::string help) {
  Diagnostic diagnostic{code, std::move(message), FilePlace{path}};
  diagnostic.help = std::move(help);
  return diagnostic;
}

}  // namespace

Diagnostics check_new_file(const std::string& path, const std::string& what, const std::vector<std::string>& others, bool force) {
  const std::string plain = what.substr(what.find(' ') + 1);
  for (const std::string& other : others) {
    if (is_same_place(path, other))
      return {at_file(Code::kP0855, what + " would replace `" + other + "`", path, "choose another name for the " + plain)};
  }
  std::error_code ignored;
  if (!force && fs::exists(fs::symlink_status(path, ignored)))
    return {at_file(Code::kP0851, "the file exists already", path, "name another file, or replace this one with `--force`")};
  return {};
}

Diagnostics write_new_file(const std::string& path, const std::string& what, const std::string& text) {
  const auto error = write_file_atomically(path, text);
  if (!error) return {};
  Diagnostic failed = at_file(Code::kP0852, what + " cannot be written", path, "check the folder's permissions and the space on the disk");
  failed.notes.push_back({{}, error->reason});
  return {std::move(failed)};
}

}  // namespace prunec::cli
