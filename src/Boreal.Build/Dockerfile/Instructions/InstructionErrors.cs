namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Errors that several instructions have, in BuildKit's words.</summary>
internal static class InstructionErrors
{
    public static FormatException NeedsArguments(string name) => new($"{name} requires at least one argument");

    public static FormatException NeedsOneArgument(string name) => new($"{name} requires exactly one argument");

    public static FormatException NeedsDestination(string name) =>
        new($"{name} requires at least two arguments, but only one was provided. Destination could not be determined");

    public static FormatException BlankName(string name) => new($"{name} names can not be blank");
}
