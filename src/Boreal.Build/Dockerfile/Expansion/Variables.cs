using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>An environment in the order of its last assignments. Immutable: a stage's steps each keep the one they saw.</summary>
internal sealed class Variables : IVariables
{
    public static readonly Variables Empty = new(ImmutableList<string>.Empty, ImmutableDictionary.Create<string, Assignment>(StringComparer.Ordinal));

    private readonly ImmutableList<string> _names;
    private readonly ImmutableDictionary<string, Assignment> _values;

    private Variables(ImmutableList<string> names, ImmutableDictionary<string, Assignment> values) => (_names, _values) = (names, values);

    public IEnumerable<string> Names => _names;

    public IReadOnlyList<string> Assignments => field ??= [.. _names.Select(name => _values[name].Text)];

    public static Variables From(IEnumerable<string> assignments) =>
        assignments.Aggregate(Empty, (all, assignment) => all.Set(NameOf(assignment), ValueOf(assignment)));

    public static string NameOf(string assignment) => assignment.IndexOf('=') is >= 0 and var sign ? assignment[..sign] : assignment;

    public static string ValueOf(string assignment) => assignment.IndexOf('=') is >= 0 and var sign ? assignment[(sign + 1)..] : "";

    public static bool IsOf(string assignment, string name) =>
        assignment.StartsWith(name, StringComparison.Ordinal) && (assignment.Length == name.Length || assignment[name.Length] == '=');

    /// <summary>A variable that is set again moves to the end.</summary>
    public Variables Set(string name, string value) =>
        new((_values.ContainsKey(name) ? _names.Remove(name) : _names).Add(name), _values.SetItem(name, new Assignment($"{name}={value}", value)));

    public Variables Without(string name) => _values.ContainsKey(name) ? new(_names.Remove(name), _values.Remove(name)) : this;

    public bool TryGet(string name, [MaybeNullWhen(false)] out string value)
    {
        var isSet = _values.TryGetValue(name, out var assignment);
        value = assignment.Value;
        return isSet;
    }

    // The whole text is kept: every step of a stage lists it.
    private readonly record struct Assignment(string Text, string Value);
}
