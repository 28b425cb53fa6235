// SPDX-License-Identifier: MIT
// Stands before the runtime's own header of this name in the include path. That one includes all of the
// runtime, among it misc/InterpreterDataReader.h, which clang rejects (it default-constructs a class with a
// constant member). This is the part that generated parsers and the files behind the wall need.
#pragma once

#include "antlr4-common.h"

#include "ANTLRInputStream.h"
#include "BailErrorStrategy.h"
#include "BaseErrorListener.h"
#include "CharStream.h"
#include "CommonToken.h"
#include "CommonTokenFactory.h"
#include "CommonTokenStream.h"
#include "DefaultErrorStrategy.h"
#include "Exceptions.h"
#include "FailedPredicateException.h"
#include "InputMismatchException.h"
#include "Lexer.h"
#include "LexerNoViableAltException.h"
#include "NoViableAltException.h"
#include "Parser.h"
#include "ParserRuleContext.h"
#include "RecognitionException.h"
#include "Token.h"
#include "Vocabulary.h"
#include "atn/ATN.h"
#include "atn/ATNDeserializer.h"
#include "atn/LexerATNSimulator.h"
#include "atn/ParserATNSimulator.h"
#include "dfa/DFA.h"
#include "misc/Interval.h"
#include "misc/IntervalSet.h"
#include "tree/ErrorNode.h"
#include "tree/ParseTreeListener.h"
#include "tree/TerminalNode.h"
