# Tab completion of coachlog in bash. To have it in every new shell, save this script and let
# ~/.bashrc read it:
#     mkdir -p ~/.config/coachlog
#     coachlog completion bash > ~/.config/coachlog/completion.bash
#     echo 'source ~/.config/coachlog/completion.bash' >> ~/.bashrc
# To be rid of it, delete that file and that line.

_coachlog_complete() {
    local kind line
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r line; do
            COMPREPLY[${#COMPREPLY[@]}]=$line
        done
    } < <(_COACHLOG_COMPLETE=bash command coachlog \
        "$COMP_TYPE" "$2" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
}

# Before version 4.4, bash cannot keep the order of offers.
complete -o nosort -F _coachlog_complete coachlog 2>/dev/null ||
    complete -F _coachlog_complete coachlog
