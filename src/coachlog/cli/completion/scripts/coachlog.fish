# Tab completion of coachlog in fish. To have it in every new shell, save this script:
#     mkdir -p ~/.config/fish/completions
#     coachlog completion fish > ~/.config/fish/completions/coachlog.fish
# To be rid of it, delete that file.

function __coachlog_offers
    set -l words (commandline -opc)
    set -l unfinished (commandline -ct)
    set -lx _COACHLOG_COMPLETE fish
    set -l lines (command coachlog $words[2..-1] "$unfinished" 2>/dev/null </dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$unfinished"
        case folders
            __fish_complete_directories "$unfinished" ''
        case words menu
            for line in $lines[2..-1]
                printf '%s\n' $line
            end
    end
end

complete -c coachlog -e
complete -c coachlog -f -k -a '(__coachlog_offers)'
