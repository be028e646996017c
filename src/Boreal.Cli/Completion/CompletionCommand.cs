using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Completion;

/// <summary>Writes a shell's completion script; the scripts ask <c>boreal __complete</c> for candidates.</summary>
internal sealed class CompletionCommand : Command
{
    private const string Bash = """
        _boreal() {
            local IFS=$'\n'
            COMPREPLY=($(boreal __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
        }
        complete -F _boreal boreal

        """;

    private const string Zsh = """
        #compdef boreal
        _boreal() {
            local -a candidates
            candidates=("${(@f)$(boreal __complete -- "${words[@]:1:$((CURRENT-1))}" 2>/dev/null)}")
            if [[ -n "${candidates[1]}" ]]; then compadd -- "${candidates[@]}"; else _files; fi
        }
        compdef _boreal boreal

        """;

    private const string Fish = """
        function __boreal_complete
            set -l words (commandline -opc) (commandline -ct)
            boreal __complete -- $words[2..-1] 2>/dev/null
        end
        complete -c boreal -a '(__boreal_complete)'

        """;

    public override string Usage => "completion bash|zsh|fish";

    public override string Summary => "Write the completion script for a shell";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples =>
        ["source <(boreal completion bash)", "boreal completion zsh > ~/.zfunc/_boreal", "boreal completion fish > ~/.config/fish/completions/boreal.fish"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await context.Out.WriteAsync(arguments[0] switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            var other => throw new CommandFailedException($"no completion for {other}: one of bash, zsh, fish"),
        });
        return ExitCodes.Success;
    }
}
