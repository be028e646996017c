using Boreal.Registry.Access.Grants;

namespace Boreal.Registry.Access.Callers;

/// <summary>Anyone at a registry that keeps no users.</summary>
internal sealed record EverybodyCaller : Caller
{
    protected override bool MayList => true;

    protected override bool Administers => true;

    protected override Rights On(string repository) => Rights.All;
}
