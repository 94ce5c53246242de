/** A tool that stands for the answer itself, where it has to be JSON and the model knows no better way to be told. */
export const answerToolName = 'stipend_json_answer'
