@echo off
rem Runs NumCLIP on Windows. What bin/numclip does beside that, an archive of classes for a shorter start and a small heap
rem on small machines, is not done here.
setlocal DisableDelayedExpansion
for %%I in ("%~dp0..") do set "NC_HOME=%%~fI"
if "%NUMCLIP_PLUGINS%"=="" set "NUMCLIP_PLUGINS=%NC_HOME%\plugins"
set "OPT_OUT_TRACKING=true"

set "NC_JAVA="
if defined JAVA_HOME set "NC_JAVA=%JAVA_HOME%\bin\java.exe"
if not defined NC_JAVA for %%J in (java.exe) do set "NC_JAVA=%%~$PATH:J"
if not defined NC_JAVA goto :no_java
if not exist "%NC_JAVA%" goto :no_java

rem The version, where the JDK has a file that says it; asking Java would double the time of a short start.
set "NC_VERSION="
for %%J in ("%NC_JAVA%") do set "NC_RELEASE=%%~dpJ..\release"
if not exist "%NC_RELEASE%" goto :start
for /f "usebackq tokens=1,2 delims==" %%A in ("%NC_RELEASE%") do if "%%A"=="JAVA_VERSION" set "NC_VERSION=%%~B"
if not defined NC_VERSION goto :start
for /f "tokens=1 delims=.-+" %%M in ("%NC_VERSION%") do set "NC_MAJOR=%%M"
if %NC_MAJOR% LSS 17 goto :old_java

:start
set "NC_COLLECTOR=-XX:+UseParallelGC -Xmn128m"
if defined JAVA_OPTS if not "%JAVA_OPTS:GC=%"=="%JAVA_OPTS%" set "NC_COLLECTOR="
set "NC_SERVER="
if "%~1"=="serve" set "NC_SERVER=-XX:+ExitOnOutOfMemoryError"
"%NC_JAVA%" "@%NC_HOME%\conf\java.options" "-Dnumclip.home=%NC_HOME%" -Dnumclip.command=numclip "-Dnumclip.plugins=%NUMCLIP_PLUGINS%" -cp "%NC_HOME%\lib\*" %NC_COLLECTOR% %NC_SERVER% %JAVA_OPTS% io.numclip.runner.Main %*
exit /b %ERRORLEVEL%

:no_java
echo error: no Java found>&2
echo   fix: install a JDK, 17 or later, or set JAVA_HOME>&2
exit /b 69

:old_java
echo error: Java %NC_VERSION% found, 17 or later is needed>&2
echo   fix: set JAVA_HOME to a JDK, 17 or later>&2
exit /b 69
