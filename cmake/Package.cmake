# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# `cpack` in the build folder makes an archive that runs from wherever it is unpacked, and a package for Debian.
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_VENDOR "The prunec authors")
set(CPACK_PACKAGE_CONTACT "The prunec authors <noreply@prunec.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "${PROJECT_DESCRIPTION}
 Removes unimportant channels from trained neural networks by rules that say
 what the architecture allows, and proves the result. Commands that open a model
 need the LibTorch of a torch package, which Debian does not have in the version
 that is needed: PRUNEC_TORCH_DIR names its folder.")
# LibTorch comes from no Debian package, so dpkg-shlibdeps cannot be asked: the packages of what else is linked are looked up here.
set(depends "libc6, libstdc++6, libgcc-s1")
find_program(PRUNEC_DPKG dpkg)
if(PRUNEC_DPKG AND OPENSSL_CRYPTO_LIBRARY)
  file(REAL_PATH ${OPENSSL_CRYPTO_LIBRARY} crypto)
  foreach(path ${crypto} /usr${crypto})
    execute_process(COMMAND ${PRUNEC_DPKG} -S ${path} OUTPUT_VARIABLE owner ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(owner MATCHES "^([^:]+):")
      string(APPEND depends ", ${CMAKE_MATCH_1}")
      break()
    endif()
  endforeach()
endif()
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${depends}")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libantlr4-runtime-dev, libssl-dev, nlohmann-json3-dev")
include(CPack)
