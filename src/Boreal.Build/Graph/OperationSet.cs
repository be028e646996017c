namespace Boreal.Build.Graph;

/// <summary>Keeps each operation once: equal ones become the same object.</summary>
internal sealed class OperationSet
{
    private readonly Dictionary<OperationId, Operation> _operations = [];

    public T Intern<T>(T operation)
        where T : Operation
    {
        if (_operations.TryGetValue(operation.Id, out var known) && known is T same && (same.IgnoresCache || !operation.IgnoresCache)) return same;
        _operations[operation.Id] = operation;
        return operation;
    }
}
