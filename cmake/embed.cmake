# writ_embed(<target> <symbol> <base folder> <files…>): compiles text files into the target as
#   namespace writ::embedded { std::span<const File> <symbol>(); }      (see base/include/writ/embedded.h)
# with paths relative to the base folder, sorted.
set(WRIT_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)
function(writ_embed target symbol base)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
  set(inputs ${ARGN})
  list(SORT inputs)
  string(REPLACE ";" "|" joined "${inputs}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DSYMBOL=${symbol} -DBASE=${base} "-DFILES=${joined}" -P ${WRIT_EMBED_SCRIPT}
    DEPENDS ${inputs} ${WRIT_EMBED_SCRIPT}
    COMMENT "Embedding ${symbol}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
