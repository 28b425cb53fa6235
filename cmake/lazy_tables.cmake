# cmake -DNAME=… -DFOLDER=… -P lazy_tables.cmake: makes a generated parser read the tables of its grammar when the first one
# is made. ANTLR 4.7 to 4.9 read them when the program starts, and most runs of the program parse nothing.
foreach(class ${NAME}Lexer ${NAME}Parser)
  set(file ${FOLDER}/${class}.cpp)
  file(READ ${file} text)
  string(FIND "${text}" "${class}::Initializer ${class}::_init;" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${file} reads its tables in another way than this script knows")
  endif()
  string(REPLACE "${class}::Initializer ${class}::_init;" "" text "${text}")
  string(REPLACE "  _interpreter = new " "  static const Initializer ready;\n  (void)ready;\n  _interpreter = new " text "${text}")
  file(WRITE ${file} "${text}")
endforeach()
