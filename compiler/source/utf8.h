// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The little of Unicode that places and marks need.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace prunec {

/// The length of the code point that starts at `offset`; one for a byte that starts none, so that a walk always ends.
std::size_t code_point_length(std::string_view text, std::size_t offset);

/// The code point that starts at `offset`; zero for a byte that starts none.
char32_t code_point_at(std::string_view text, std::size_t offset);

/// Code points in the text; a byte that belongs to none counts as one.
std::size_t count_code_points(std::string_view text);

/// Columns that a terminal gives the text: two for wide East Asian characters and emoji, none for combining marks.
std::size_t display_width(std::string_view text);

/// The offset of the first byte that is not part of well-formed UTF-8.
std::optional<std::size_t> find_malformed_utf8(std::string_view text);

}  // namespace prunec
