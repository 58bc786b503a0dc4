// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Whole files in and out. Writing is atomic: a reader sees the old file or the new one, never half of one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace prunec {

/// What the system said. `reason` is its own text, such as "No such file or directory".
struct IoError {
  std::string path;
  std::string reason;
  bool missing = false;  ///< there is no such file
};

/// The bytes of a regular file (or of a pipe). A folder is an error.
std::variant<std::string, IoError> read_file(const std::string& path);

/// Writes to a temporary file beside `path`, brings it to the disk and renames it. After an error nothing is left behind.
std::optional<IoError> write_file_atomically(const std::string& path, std::string_view bytes);

/// Brings the existing file `temporary` to the disk and gives it the name `path`, which must lie in the same folder. The temporary file
/// is removed when that fails. For writers that cannot hold their output in memory.
std::optional<IoError> publish_file(const std::string& temporary, const std::string& path);

/// A name for a temporary file in the folder of `path`; it ends like `path`, since some writers look at the ending.
std::string temporary_name(const std::string& path);

}  // namespace prunec
