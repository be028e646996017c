namespace Boreal.Cli.Templates;

/// <summary>Where something stands in the template's text: line from 1, column from 0, as Go counts them.</summary>
internal readonly record struct Position(int Line, int Column);
