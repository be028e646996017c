using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Stages;

/// <summary>Statements to stages.</summary>
internal static partial class StageReader
{
    /// <exception cref="DockerfileException">An instruction is wrong or stands outside of any stage.</exception>
    public static StageList Read(SyntaxTree tree, Linter lint)
    {
        var globals = new List<ArgInstruction>();
        var stages = new List<Stage>();
        var instructions = new List<Instruction>();
        foreach (var statement in tree.Statements)
        {
            InstructionRules.CheckStatement(statement, lint.For(statement.Comments));
            if (statement.Name == "FROM")
            {
                EndStage();
                stages.Add(Located(statement, ReadFrom));
                continue;
            }
            var instruction = Located(statement, InstructionReader.Read);
            if (stages.Count > 0) instructions.Add(instruction);
            else if (instruction is ArgInstruction argument) globals.Add(argument);
            else throw new DockerfileException("no build stage in current context", statement.Lines);
        }
        EndStage();
        return new StageList(globals, stages);

        void EndStage()
        {
            if (stages.Count > 0) stages[^1] = stages[^1] with { Instructions = instructions };
            instructions = [];
        }
    }

    private static Stage ReadFrom(Statement statement)
    {
        var arguments = statement.Arguments;
        var name = "";
        if (arguments.Count == 3 && arguments[1].Equals("as", StringComparison.OrdinalIgnoreCase))
        {
            name = arguments[2].ToLowerInvariant();
            if (!ValidName().IsMatch(name))
                throw new FormatException($"invalid name for build stage: {GoText.Quote(arguments[2])}, name can't start with a number or contain symbols");
        }
        else if (arguments.Count != 1)
        {
            throw new FormatException("FROM requires either one or three arguments");
        }
        var flags = InstructionFlags.Read(statement.Flags, "platform");
        return new Stage { From = statement, Name = name, Base = arguments[0], Platform = flags.Text("platform") ?? "" };
    }

    private static T Located<T>(Statement statement, Func<Statement, T> read)
    {
        try
        {
            return read(statement);
        }
        catch (FormatException exception)
        {
            throw new DockerfileException($"dockerfile parse error on line {statement.Lines.Start}: {exception.Message}", [statement.Lines], exception);
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_.-]*\z")]
    private static partial Regex ValidName();
}
