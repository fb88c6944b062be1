; Electron's runtime needs Windows 10. On Windows 7 or 8.1 the program would be installed and then not start, with a
; message of the system's that helps nobody; so the installer says it first. Languages of the installer's own texts
; end at Russian and English, and so does this one.
!macro preInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Для Baikoo нужна Windows 10 или новее. На этом компьютере программа работать не будет, и ничего не установлено.$\r$\n$\r$\nBaikoo needs Windows 10 or newer. It cannot run on this computer, and nothing was installed." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend
