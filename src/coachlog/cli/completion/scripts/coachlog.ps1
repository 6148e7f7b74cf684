# Tab completion of coachlog in PowerShell. To have it in every new shell, save this script and let
# your profile read it:
#     coachlog completion powershell > "$HOME\coachlog-completion.ps1"
#     Add-Content $PROFILE '. "$HOME\coachlog-completion.ps1"'
# To be rid of it, delete that file and that line.

Register-ArgumentCompleter -Native -CommandName coachlog -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @()
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $words += $element.Value
        } else {
            $words += $element.Extent.Text
        }
    }
    $unfinished = "$wordToComplete".Trim("'", '"')
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:_COACHLOG_COMPLETE = 'powershell'
        $lines = @(coachlog ((@($words) + $unfinished) -join "`n") 2>$null)
    } finally {
        Remove-Item Env:_COACHLOG_COMPLETE -ErrorAction SilentlyContinue
        [Console]::OutputEncoding = $encoding
    }
    # Nothing at all would make PowerShell offer files.
    if ($lines.Count -eq 0) { return '' }
    if ($lines[0] -in 'files', 'folders') { return }
    if ($lines.Count -eq 1) { return '' }
    foreach ($line in $lines[1..($lines.Count - 1)]) {
        $text, $listed, $label = $line -split "`t", 3
        [System.Management.Automation.CompletionResult]::new(
            $text, $listed, 'ParameterValue', $label)
    }
}
