# writ_grammar(name): runs the ANTLR tool on grammar/<name>.g4 at build time. The generated C++ is compiled in one piece,
# without warnings and without u8 literals as char8_t (ANTLR 4.7 predates C++20).
find_program(ANTLR4_TOOL antlr4 REQUIRED)
find_path(ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR4_LIBRARY antlr4-runtime REQUIRED)

function(writ_antlr_sources name output)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(files ${out}/${name}Lexer.cpp ${out}/${name}Parser.cpp)
  add_custom_command(
    OUTPUT ${files} ${out}/${name}Lexer.h ${out}/${name}Parser.h
    COMMAND ${ANTLR4_TOOL} -Dlanguage=Cpp -no-visitor -no-listener -package writ::grammar -o ${out}
            ${CMAKE_CURRENT_SOURCE_DIR}/${name}.g4
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${out} -P ${PROJECT_SOURCE_DIR}/cmake/lazy_tables.cmake
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}.g4 ${PROJECT_SOURCE_DIR}/cmake/lazy_tables.cmake
    COMMENT "Generating the ${name} parser")
  set(${output} ${files} PARENT_SCOPE)
endfunction()
